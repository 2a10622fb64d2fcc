namespace Matching.Web.Attestations;

/// <summary>What is taken away as a proof: hours that were validated, and what was done with a company.</summary>
public static class AttestationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        CertifyContract.Map(app);
        CertifyLot.Map(app);
        ReadGoodFaith.Map(app);
    }
}
