using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace Matching.Web.Platform;

/// <summary>What every slice stands on, and the order in which a request meets it.</summary>
public static class PlatformServices
{
    private static readonly UnicodeRange[] ReadableRanges =
    [
        UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.LatinExtendedA, UnicodeRanges.GeneralPunctuation,
        UnicodeRanges.CurrencySymbols, UnicodeRanges.Arrows,
    ];

    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Numbers on pages are French; files, SQL and the API name the invariant culture where they write one.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.DefaultThreadCurrentCulture;
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System).AddSingleton<FrenchCalendar>().AddSingleton<Database>().AddSingleton<Migrations>();
        services.AddSingleton<ChangeFeed>().AddSingleton<EventLog>().AddSingleton<HourHistory>().AddSingleton<FileOpenings>().AddSingleton<Demonstration>().AddSingleton<DatabaseKeys>();
        services.AddScoped<AnswerAge>().AddSingleton<PdfPrinter>().AddSingleton<FigureFiles>().AddMail().AddWebhooks();
        services.AddMediation().AddPolicies().AddApiDescription().AddRateLimits(builder.Configuration).AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "formulaire";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("Matching");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<DatabaseKeys>()));
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(ReadableRanges));
        services.AddTrustedProxies();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.Encoder = JavaScriptEncoder.Create(ReadableRanges);
        });
        ConfigureHost(builder);
        return builder;
    }

    public static WebApplication UsePlatform(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        AnswerAge.UseWarning(app);
        app.UseErrorAnswers();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=604800",
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UsePostGuard();
        app.UseAntiforgery();
        return app;
    }

    private static void ConfigureHost(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = RequestGuard.DefaultBodyBytes;
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Says at each start that keys are not encrypted: they are as safe as the database they protect.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // A refused sign-in or an expired form is an everyday answer, not an alarm.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Identity", LogLevel.Error);
    }
}
