using System.Diagnostics;
using MediatR;

namespace Matching.Web.Platform;

/// <summary>One call style for pages, API and jobs: a request finds its handler in this assembly; its duration is logged.</summary>
public static class Mediation
{
    public static IServiceCollection AddMediation(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Timing<,>));
        foreach (var handler in typeof(Mediation).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
            {
                services.AddScoped(contract, handler);
            }
        }

        return services;
    }
}

/// <summary>Logs the use case's name and its milliseconds, never what was asked.</summary>
public sealed partial class Timing<TRequest, TAnswer>(ILogger<Timing<TRequest, TAnswer>> log) : IPipelineBehavior<TRequest, TAnswer>
{
    private static readonly string UseCase = typeof(TRequest).DeclaringType?.Name ?? typeof(TRequest).Name;

    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var start = Stopwatch.GetTimestamp();
        var answer = await next();
        var elapsedMs = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        LogDuration(UseCase, elapsedMs);
        return answer;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{UseCase} took {ElapsedMs} ms")]
    private partial void LogDuration(string useCase, long elapsedMs);
}
