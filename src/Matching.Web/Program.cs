using Matching.Web.Accounts;
using Matching.Web.Dashboards;
using Matching.Web.Eligibility;
using Matching.Web.Hours;
using Matching.Web.Layout;
using Matching.Web.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Platform.Verbs;
<<<<<<< HEAD
using Matching.Web.Postings;
=======
using Matching.Web.Pools;
>>>>>>> main
using Matching.Web.Preselection;
using Matching.Web.PublishedRules;
using Matching.Web.Ranking;

var command = CommandLine.Read(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command.Options, ContentRootPath = AppContext.BaseDirectory });
builder.AddPlatform();
<<<<<<< HEAD
builder.Services.AddAccounts().AddReference().AddPostings().AddRanking();
=======
builder.Services.AddAccounts().AddReference().AddPools().AddRanking().AddPreselection(builder.Configuration);
>>>>>>> main

var app = builder.Build();
app.UsePlatform();
Api.MapDescription(app);
LayoutEndpoints.Map(app);
AccountEndpoints.Map(app);
MarketEndpoints.Map(app);
<<<<<<< HEAD
PostingEndpoints.Map(app);
=======
PoolEndpoints.Map(app);
>>>>>>> main
RankingEndpoints.Map(app);
EligibilityEndpoints.Map(app);
PreselectionEndpoints.Map(app);
HoursEndpoints.Map(app);
DashboardsEndpoints.Map(app);
ShowRules.Map(app);
return await command.RunAsync(app);
