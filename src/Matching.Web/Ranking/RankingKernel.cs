using Matching.Engine.Scoring;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>How columns are read: <c>Ranking:Kernel</c> is auto (the fastest of this processor), vbmi, avx2 or portable. The lists are the same.</summary>
public sealed class RankingKernel
{
    public RankingKernel(IConfiguration configuration)
    {
        var name = configuration["Ranking:Kernel"] ?? "auto";
        try
        {
            Kernel = Kernel.Named(name);
        }
        catch (ArgumentException)
        {
            throw new SettingException($"« Ranking:Kernel » vaut « {name} » : les valeurs possibles sont auto, vbmi, avx2 et portable.");
        }
        catch (PlatformNotSupportedException)
        {
            throw new SettingException($"Le processeur de cette machine ne peut pas exécuter le calcul « {name} » : laissez « Ranking:Kernel » à auto.");
        }
    }

    public Kernel Kernel { get; }
}
