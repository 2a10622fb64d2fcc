using Matching.Rules.Reporting;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Ranking.Fairness;

/// <summary>GET /administration/equite: the audit of today, before anyone signs it; POST: someone signs and publishes it.</summary>
public static class PublishAudit
{
    public sealed record Query : IRequest<Answer>;

    /// <param name="Report">Null when fewer people than may be counted were shown.</param>
    /// <param name="Moved">People who entered or went further since the last published audit.</param>
    public sealed record Answer(AuditReport? Report, int Moved, int? LastNumber)
    {
        public bool MayPublish => Report is not null && Moved >= FairnessMasks.Below;
    }

    public sealed record Command(string SignedAs, string Remarks, SignedIn Signer) : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/administration/equite", (IMediator mediator, CancellationToken ct) => ShowAsync(PostedForm.Of(), StatusCodes.Status200OK, mediator, ct)).RequireAuthorization(Policies.Administrator);
        app.MapPost("/administration/equite", Post).RequireAuthorization(Policies.Administrator);
    }

    private static async Task<IResult> ShowAsync(PostedForm form, int status, IMediator mediator, CancellationToken ct) =>
        Page.Of<PublishAuditPage>(new { Answer = await mediator.Send(new Query(), ct), Form = form }, status);

    private static async Task<IResult> Post(PostedForm form, SignedIn signer, IMediator mediator, CancellationToken ct)
    {
        var (signedAs, remarks) = (form.Text("qualite", "Votre fonction", 120), form.Text("remarques", "Ce que vous retenez", 4000));
        if (!form.Checked("lu"))
        {
            form.Errors.Add("lu", "À cocher : un audit se lit avant de se signer.");
        }

        if (form.Errors.Any)
        {
            return await ShowAsync(form, StatusCodes.Status400BadRequest, mediator, ct);
        }

        return await (await mediator.Send(new Command(signedAs, remarks, signer), ct)).ToPageAsync(
            number => Page.SeeOther($"/equite/{number}", "L’audit est publié et signé."),
            form,
            () => ShowAsync(form, StatusCodes.Status422UnprocessableEntity, mediator, ct));
    }

    public sealed class ShowHandler(Database database, FairnessCases cases) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var loaded = await cases.LoadAsync(cancellationToken);
            await using var db = await database.OpenAsync(cancellationToken);
            var earlier = await PublishedAudits.EarlierAsync(db, null, cancellationToken);
            return new Answer(
                MayShow(loaded) ? AuditReport.Of(loaded, earlier) : null, FairnessMasks.Moved(earlier.Last, loaded.Cases), earlier.Cases.Count == 0 ? null : earlier.Cases.Count);
        }
    }

    public sealed class Handler(Database database, FairnessCases cases, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<int>>
    {
        public async Task<Result<int>> Handle(Command request, CancellationToken cancellationToken)
        {
            var loaded = await cases.LoadAsync(cancellationToken);
            return await database.WriteAsync<Result<int>>(
                async (db, tx) =>
                {
                    // One at a time: a second click finds that nobody has moved.
                    await EventLog.WaitTurnAsync(db, tx, cancellationToken);
                    var earlier = await PublishedAudits.EarlierAsync(db, tx, cancellationToken);
                    return !MayShow(loaded) || FairnessMasks.Moved(earlier.Last, loaded.Cases) < FairnessMasks.Below
                        ? Result.Refused("", FairnessMasks.InGroups.Sentence)
                        : await PublishedAudits.AddAsync(db, tx, log, loaded, earlier, request.Signer, request.SignedAs, request.Remarks, calendar.Now, cancellationToken);
                },
                cancellationToken);
        }
    }

    private static bool MayShow(FairnessCases.Loaded loaded) => loaded.Cases.Select(it => it.Person).Distinct().Count() >= FairnessMasks.Below;
}
