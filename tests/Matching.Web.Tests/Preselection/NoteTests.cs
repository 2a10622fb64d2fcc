namespace Matching.Web.Tests.Preselection;

public abstract class NoteTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_form_sent_twice_is_one_note_and_the_same_words_typed_again_are_another()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var id = (await scene.PathOfAsync(scene.People[0])).Id;
        var key = (await scene.Facilitator.GetAsync($"/preselections/{id}")).ValueOf("envoi")!;
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{id}/notes", ("note", "premiere-note"), ("envoi", key));
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{id}/notes", ("note", "premiere-note"), ("envoi", key));
        await scene.Structure.PostAndFollowAsync($"/preselections/{id}/notes", ("note", "note-de-la-structure"), ("envoi", key));
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{id}/notes", ("note", "seconde-note"), ("envoi", "deux"));
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{id}/notes", ("note", "seconde-note"), ("envoi", "trois"));
        Assert.Contains("note-de-la-structure", (await scene.Structure.GetAsync($"/preselections/{id}")).Words, StringComparison.Ordinal);
        var seen = await scene.Facilitator.GetAsync($"/preselections/{id}");
        Assert.Equal((1, 2), (seen.All(".timeline > li").Count(line => line.TextContent.Contains("premiere-note", StringComparison.Ordinal)), seen.All(".timeline > li").Count(line => line.TextContent.Contains("seconde-note", StringComparison.Ordinal))));
    }
}

public sealed class NotesOnSqlite(SqliteWeb web) : NoteTests(web), IClassFixture<SqliteWeb>;

public sealed class NotesOnPostgreSql(PostgreSqlWeb web) : NoteTests(web), IClassFixture<PostgreSqlWeb>;
