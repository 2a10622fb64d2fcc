using System.Data.Common;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection.Interviews;

/// <summary>What is asked about a slot: by a button of the page of the facilitator or of the company.</summary>
/// <param name="Action">One of <see cref="Actions"/>.</param>
/// <param name="Number">The slot; null to propose one.</param>
public sealed record SlotChange(string Action, int? Number, DateTimeOffset? At, string? Place)
{
    public const string Propose = "proposer";
    public const string Choose = "choisir";
    public const string Move = "deplacer";
    public const string Cancel = "annuler";
    public const string Miss = "absent";

    private const int PlaceLength = 200;

    public static IReadOnlyList<string> Actions { get; } = [Propose, Choose, Move, Cancel, Miss];

    /// <summary>What the page says once it is done.</summary>
    public string Done => Action switch
    {
        Propose => "Créneau proposé.",
        Choose => "Rendez-vous fixé.",
        Move => "Rendez-vous déplacé.",
        Cancel => "Créneau annulé.",
        _ => "Absence notée.",
    };

    /// <summary>From the form of a page; the errors found are in the form.</summary>
    public static SlotChange Read(PostedForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var action = form["action"];
        if (!Actions.Contains(action))
        {
            form.Errors.Add("action", "Cette action est inconnue : rechargez la page et recommencez.");
        }

        var number = action == Propose ? null : form.WholeNumber("creneau", "Créneau", 1, 10_000);
        DateTimeOffset? at = null;
        if (action is Propose or Move)
        {
            at = InterviewTime.Read(form);
            if (at is null && !form.Errors.Any)
            {
                form.Errors.Add(InterviewTime.DayField, "Jour de l’entretien : à remplir.");
            }
        }

        return new SlotChange(action, number, at, form.OptionalText("lieu", "Lieu", PlaceLength));
    }

    /// <summary>Null when done; else the French sentence. The caller holds the preselection's turn.</summary>
    public async Task<string?> ApplyAsync(DbConnection db, DbTransaction tx, EventLog log, StoredPreselection stored, StepAuthor author, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.State is not (PreselectionState.Transmitted or PreselectionState.Interview))
        {
            return $"Un entretien se prépare tant que la personne est « {PreselectionState.Transmitted.Label()} » ou « {PreselectionState.Interview.Label()} » ; elle est « {stored.State.Label()} ».";
        }

        var slots = await SlotStore.OfAsync(db, stored.Id, ct, tx);
        if (Action == Propose)
        {
            if (InterviewSlots.CheckProposal(At!.Value, slots, now) is { } refusal)
            {
                return refusal;
            }

            await SlotStore.AddAsync(db, tx, stored.Id, At.Value, Place, SlotState.Proposed, author, now, ct);
            await NoteAsync(db, tx, log, stored, author, $"Créneau proposé : {InterviewTime.Words(At.Value)}", now, ct);
            return null;
        }

        return slots.FirstOrDefault(it => it.Number == Number) is { } slot
            ? await ChangeAsync(slot, db, tx, log, stored, author, now, ct)
            : "Ce créneau n’existe pas : rechargez la page.";
    }

    private async Task<string?> ChangeAsync(
        InterviewSlot slot, DbConnection db, DbTransaction tx, EventLog log, StoredPreselection stored, StepAuthor author, DateTimeOffset now, CancellationToken ct)
    {
        var refusal = Action switch
        {
            Choose => InterviewSlots.CheckChoice(slot, author.Actor, now),
            Move => InterviewSlots.CheckMove(slot),
            Cancel => InterviewSlots.CheckCancel(slot),
            _ => InterviewSlots.CheckMissed(slot, now),
        };
        if (refusal is not null)
        {
            return refusal;
        }

        if (Action is Choose or Move)
        {
            var step = new PreselectionStep(stored.State, PreselectionState.Interview, author, InterviewAt: Action == Choose ? slot.StartsAt : At);
            return await PreselectionStore.MoveAsync(db, tx, log, stored.Id, step, now, ct);
        }

        await SlotStore.SetAsync(db, tx, slot, Action == Cancel ? SlotState.Cancelled : SlotState.Missed, now, ct);
        if (slot.State == SlotState.Kept)
        {
            await SlotStore.ForgetAsync(db, tx, stored.Id, ct);
        }

        var words = Action == Miss ? "La personne n’est pas venue à l’entretien du" : slot.State == SlotState.Kept ? "Entretien annulé :" : "Créneau annulé :";
        await NoteAsync(db, tx, log, stored, author, $"{words} {InterviewTime.Words(slot.StartsAt)}", now, ct);
        return null;
    }

    private async Task NoteAsync(DbConnection db, DbTransaction tx, EventLog log, StoredPreselection stored, StepAuthor author, string words, DateTimeOffset now, CancellationToken ct)
    {
        await PreselectionStore.WriteNoteAsync(db, tx, stored, author.SignedIn, author.Name, words, $"creneau/{Guid.CreateVersion7()}", now, ct);
        await log.AppendAsync(db, tx, "preselection", stored.Id.Value, "entretien", author.SignedIn, new { action = Action, par = author.Actor.ToString() }, ct);
    }
}
