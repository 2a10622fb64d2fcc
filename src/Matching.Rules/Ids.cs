namespace Matching.Rules;

// A type per noun, so that the id of a person cannot be passed where a posting is expected.

/// <summary>An organisation that has people, contracts or money in a clause: facilitator body, SIAE, company, buyer…</summary>
public readonly record struct OrganizationId(Guid Value)
{
    public static OrganizationId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>A public contract with an insertion clause.</summary>
public readonly record struct MarketId(Guid Value)
{
    public static MarketId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>A lot of a marché: hours are owed lot by lot.</summary>
public readonly record struct LotId(Guid Value)
{
    public static LotId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>A posting: the searchable form of a company's job profile.</summary>
public readonly record struct PostingId(Guid Value)
{
    public static PostingId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>A person in the pool of one structure.</summary>
public readonly record struct PersonId(Guid Value)
{
    public static PersonId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>The path of one person towards one posting.</summary>
public readonly record struct PreselectionId(Guid Value)
{
    public static PreselectionId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>A ranked list, stored as it was shown.</summary>
public readonly record struct RankedListId(Guid Value)
{
    public static RankedListId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

/// <summary>A work contract that carries insertion hours.</summary>
public readonly record struct ContractId(Guid Value)
{
    public static ContractId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}
