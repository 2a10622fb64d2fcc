using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Records;

/// <summary>How the facts that are kept as JSON columns are written: readable names, codes as text, days as ISO 8601.</summary>
public static class RecordJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(), new RomeCodeConverter(), new SiretConverter() },
    };

    private static readonly JsonSerializerOptions FactsFormat = new(Format) { IgnoreReadOnlyProperties = true };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Format);

    /// <summary>The same without what a record computes from its facts.</summary>
    public static string WriteFacts<T>(T value) => JsonSerializer.Serialize(value, FactsFormat);

    /// <exception cref="JsonException">The stored text is not what this version wrote.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException("A stored record is never null.");

    /// <summary>As <see cref="Read{T}(string)"/>, of the bytes as the database gives them (UTF-8).</summary>
    /// <exception cref="JsonException">The stored text is not what this version wrote.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Format) ?? throw new JsonException("A stored record is never null.");

    private sealed class RomeCodeConverter : JsonConverter<RomeCode>
    {
        public override RomeCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            RomeCode.TryParse(reader.GetString(), out var code) ? code : throw new JsonException("A stored ROME code is valid.");

        public override void Write(Utf8JsonWriter writer, RomeCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class SiretConverter : JsonConverter<Siret>
    {
        public override Siret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Siret.TryParse(reader.GetString(), out var siret) ? siret : throw new JsonException("A stored SIRET is valid.");

        public override void Write(Utf8JsonWriter writer, Siret value, JsonSerializerOptions options) => writer.WriteStringValue(value.Digits);
    }
}
