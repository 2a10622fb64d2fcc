using Matching.Web.Accounts;
using Matching.Web.Layout;
using Matching.Web.Platform;
using Matching.Web.Platform.Verbs;

var command = CommandLine.Read(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command.Options, ContentRootPath = AppContext.BaseDirectory });
builder.AddPlatform();
builder.Services.AddAccounts();

var app = builder.Build();
app.UsePlatform();
Api.MapDescription(app);
LayoutEndpoints.Map(app);
AccountEndpoints.Map(app);
return await command.RunAsync(app);
