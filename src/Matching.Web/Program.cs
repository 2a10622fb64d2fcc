using Matching.Web.Accounts;
using Matching.Web.Eligibility;
using Matching.Web.Layout;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Platform.Verbs;
using Matching.Web.Pools;
using Matching.Web.Preselection;

var command = CommandLine.Read(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command.Options, ContentRootPath = AppContext.BaseDirectory });
builder.AddPlatform();
builder.Services.AddAccounts().AddReference().AddPools();
builder.Services.AddPreselection(builder.Configuration);

var app = builder.Build();
app.UsePlatform();
Api.MapDescription(app);
LayoutEndpoints.Map(app);
AccountEndpoints.Map(app);
EligibilityEndpoints.Map(app);
PoolEndpoints.Map(app);
PreselectionEndpoints.Map(app);
return await command.RunAsync(app);
