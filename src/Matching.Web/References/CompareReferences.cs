using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.References;

/// <summary>POST /administration/referentiels/comparer: what these files would change, before anything is applied. The files wait for the answer.</summary>
public static class CompareReferences
{
    public const long MaxBytes = 60L * 1024 * 1024;
    private const int MaxFiles = 40;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/administration/referentiels/comparer", PostAsync).AcceptUploads(MaxBytes + (64 * 1024)).RequireAuthorization(Policies.Administrator);

    /// <summary>Where the files of one comparison wait.</summary>
    public static string FolderOf(Database database, Guid id)
    {
        ArgumentNullException.ThrowIfNull(database);
        return Path.Combine(database.DataFolder, "referentiels", id.ToString());
    }

    private static async Task<IResult> PostAsync(PostedForm form, HttpRequest request, Database database, ReferenceLoader loader, IMediator mediator, CancellationToken ct)
    {
        var files = request.HasFormContentType ? (await request.ReadFormAsync(ct)).Files.GetFiles("fichiers").Where(file => file.Length > 0).ToList() : [];
        if (files.Count is 0 or > MaxFiles)
        {
            form.Errors.Add("fichiers", files.Count == 0 ? "Fichiers officiels : en choisir au moins un." : $"Fichiers officiels : {MaxFiles} au plus.");
            return await AgainAsync(form, mediator, ct);
        }

        // What nobody applied goes with the next comparison.
        var waiting = Path.GetDirectoryName(FolderOf(database, Guid.Empty))!;
        if (Directory.Exists(waiting))
        {
            Directory.Delete(waiting, recursive: true);
        }

        var id = Guid.CreateVersion7();
        var folder = Directory.CreateDirectory(FolderOf(database, id)).FullName;
        foreach (var (file, i) in files.Select((file, i) => (file, i)))
        {
            await using var target = File.Create(Path.Combine(folder, SafeName(file.FileName, i)));
            await file.CopyToAsync(target, ct);
        }

        var compared = await loader.CompareAsync(folder, ct);
        return await compared.Match(
            report => Task.FromResult(Page.Of<CompareReferencesPage>(new { Id = id, Report = report })),
            () => Task.FromResult(Page.Missing()),
            reasons =>
            {
                form.Errors.AddRange([.. reasons.Select(reason => reason with { Field = "fichiers" })]);
                return AgainAsync(form, mediator, ct);
            });
    }

    private static async Task<IResult> AgainAsync(PostedForm form, IMediator mediator, CancellationToken ct) =>
        Page.Invalid<ListReferencesPage>(new { References = await mediator.Send(new ListReferences.Query(), ct), Form = form });

    // The name tells the version; only letters, digits, dots and dashes of it are kept.
    private static string SafeName(string name, int number)
    {
        var plain = string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_').Take(80)).TrimStart('.');
        return plain.Length == 0 ? $"fichier-{number}.csv" : plain;
    }
}
