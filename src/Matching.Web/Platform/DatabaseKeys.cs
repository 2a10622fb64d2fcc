using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Matching.Web.Platform;

/// <summary>Keeps the keys that sign cookies and links in the database, so that every node reads what another one wrote.</summary>
public sealed class DatabaseKeys(Database database, FrenchCalendar calendar) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                "insert into data_protection_key (friendly_name, xml, created_at) values (@friendlyName, @xml, @Now)",
                new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting), calendar.Now },
                tx),
            CancellationToken.None).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var db = await database.OpenAsync(CancellationToken.None);
        var texts = await db.QueryAsync<string>("select xml from data_protection_key order by created_at limit 1000");
        return [.. texts.Select(text => XElement.Parse(text))];
    }
}
