using Matching.Web.Accounts;
using Matching.Web.Layout;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Matching.Web.Platform.Verbs;
using Matching.Web.Pools;

var command = CommandLine.Read(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command.Options, ContentRootPath = AppContext.BaseDirectory });
builder.AddPlatform();
builder.Services.AddAccounts().AddReference().AddPools();

var app = builder.Build();
app.UsePlatform();
Api.MapDescription(app);
LayoutEndpoints.Map(app);
AccountEndpoints.Map(app);
PoolEndpoints.Map(app);
return await command.RunAsync(app);
