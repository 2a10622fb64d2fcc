using Matching.Web.Accounts;
using Matching.Web.Dashboards;
using Matching.Web.Eligibility;
using Matching.Web.Hours;
using Matching.Web.Layout;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Platform.Verbs;
using Matching.Web.Preselection;
using Matching.Web.PublishedRules;
using Matching.Web.Ranking;

var command = CommandLine.Read(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command.Options, ContentRootPath = AppContext.BaseDirectory });
builder.AddPlatform();
builder.Services.AddAccounts().AddReference().AddRanking();

var app = builder.Build();
app.UsePlatform();
Api.MapDescription(app);
LayoutEndpoints.Map(app);
AccountEndpoints.Map(app);
RankingEndpoints.Map(app);
EligibilityEndpoints.Map(app);
PreselectionEndpoints.Map(app);
HoursEndpoints.Map(app);
DashboardsEndpoints.Map(app);
ShowRules.Map(app);
return await command.RunAsync(app);
