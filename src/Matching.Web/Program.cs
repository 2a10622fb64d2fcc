using Matching.Web.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System).AddSingleton<FrenchCalendar>().AddSingleton<Database>();
builder.Services.AddMediation().AddPolicies().AddRazorComponents();
var app = builder.Build();
await app.RunAsync();
