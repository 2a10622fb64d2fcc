using Matching.Rules;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>POST /bilans/{marketId}: the words of the bilan, and its publication to the buyer and the companies.</summary>
public static class WriteBilan
{
    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    public sealed record Command(MarketId MarketId, SignedIn Who, int FromVersion, IReadOnlyDictionary<string, string> Texts, bool Publish) : IRequest<Result<WrittenBilan>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/bilans/{marketId:guid}", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid marketId, PostedForm form, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct)
    {
        var texts = BilanHeadings.All.Select(heading => (heading.Code, Text: form.OptionalText(heading.Code, heading.Title, BilanHeadings.MaximumLength)))
            .Where(it => it.Text is not null).ToDictionary(it => it.Code, it => it.Text!);
        var command = new Command(new MarketId(marketId), who, form.WholeNumber("version", "Version", 0, int.MaxValue - 1) ?? 0, texts, form["action"] == "publier");
        if (form.Errors.Any)
        {
            return await ReadBilan.ShowAsync(command.MarketId, who, mediator, files, form, StatusCodes.Status400BadRequest, ct);
        }

        var written = await mediator.Send(command, ct);
        return await written.ToPageAsync(
            bilan => Page.SeeOther($"/bilans/{marketId}", command.Publish ? "Bilan publié." : "Bilan enregistré."),
            form,
            () => ReadBilan.ShowAsync(command.MarketId, who, mediator, files, form, StatusCodes.Status422UnprocessableEntity, ct));
    }

    public sealed class Handler(Database database, EventLog events, FrenchCalendar calendar) : IRequestHandler<Command, Result<WrittenBilan>>
    {
        public Task<Result<WrittenBilan>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<WrittenBilan>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                var before = await BilanRecords.FindAsync(db, market.Id, cancellationToken, tx);
                var next = new WrittenBilan(request.FromVersion + 1, request.Texts, before.PublishedAt ?? (request.Publish ? calendar.Now : null));
                if (before.Version != request.FromVersion || !await BilanRecords.SaveAsync(db, tx, market.Id, next, request.Who, calendar.Now, cancellationToken))
                {
                    return Result.Refused("", "Quelqu’un a enregistré ce bilan entre-temps : copiez ce que vous avez écrit, rechargez la page, puis reprenez.");
                }

                var isPublished = before.PublishedAt is null && next.PublishedAt is not null;
                await events.AppendAsync(db, tx, "market", market.Id.Value, isPublished ? "bilan.published" : "bilan.written", request.Who,
                    new { version = next.Version, headings = next.Texts.Keys.Order(StringComparer.Ordinal).ToList() }, cancellationToken);
                return next;
            },
            cancellationToken);
    }
}
