using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Matching.Rules;

namespace Matching.Web.Ranking.Proposals;

/// <summary>Brings proposals up to date behind the pages that show them: a page never waits for one, and says of which moment it is.</summary>
public sealed partial class ProposalKeeper(ProposalComputer computer, ILogger<ProposalKeeper> log) : BackgroundService
{
    private readonly Channel<OrganizationId> asked = Channel.CreateUnbounded<OrganizationId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<OrganizationId, bool> waiting = new();

    /// <summary>Asks for the proposal of a facilitator to be brought up to date; asking twice is asking once.</summary>
    public void Ask(OrganizationId facilitator)
    {
        if (waiting.TryAdd(facilitator, true))
        {
            asked.Writer.TryWrite(facilitator);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var facilitator in asked.Reader.ReadAllAsync(stoppingToken))
        {
            waiting.TryRemove(facilitator, out _);
            try
            {
                await computer.CurrentAsync(facilitator, again: false, stoppingToken);
            }
            catch (Exception fault) when (fault is DbException or InvalidDataException)
            {
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A proposal could not be computed")]
    private partial void LogFailed(Exception exception);
}
