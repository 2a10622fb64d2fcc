using System.Text;
using Matching.Lab.Lists;

namespace Matching.Lab.Tests.Lists;

public sealed class ListsFileTests
{
    private const string Row = "l1,p1,e1,3,1,1,2,5,0,1\n";

    [Fact]
    public void Lists_are_read_back_as_they_were_written()
    {
        var lists = InventedLists.Read(InventedLists.Csv(5, 7, 1));
        var text = new StringWriter();
        ListsFile.Write(text, lists, posting => $"p{posting}", employer => $"e{employer}");
        Assert.Equal(InventedLists.Csv(5, 7, 1), text.ToString());
    }

    [Fact]
    public void An_empty_cell_is_a_missing_value_and_rows_of_a_list_need_not_follow_each_other()
    {
        var lists = InventedLists.Read(InventedLists.Header + "a,p,e,1,1,1,0,,0,0\nb,q,e,1,1,1,1,3,0,0\na,p,e,1,2,1,2,7,0,0\n");
        Assert.Equal([0, 2, 3], lists.Start);
        Assert.Equal([0, 2, 1], lists.FileRow);
        Assert.Equal([lists.Features[0].Missing, 7, 3], lists.Codes[0]);
    }

    [Fact]
    public void What_people_wanted_is_read_where_it_stands_and_written_back()
    {
        var csv = InventedLists.WithWanted(InventedLists.Header + "a,p,e,1,1,1,2,1,0,0\na,p,e,1,2,1,1,1,0,0\na,p,e,1,3,0,0,1,0,0\n", cells => cells[6] switch { "2" => "1", "1" => "0", _ => "" });
        var lists = InventedLists.Read(csv);
        Assert.Equal([true, false, null], lists.Wanted!);
        Assert.Equal([true, false, null], lists.Only([0]).Wanted!);
        Assert.Null(InventedLists.Read(InventedLists.Header + Row).Wanted);
        var text = new StringWriter();
        ListsFile.Write(text, lists, posting => $"p{posting}", employer => $"e{employer}");
        Assert.Contains(",label,wanted,zut", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(lists.Wanted!, InventedLists.Read(text.ToString()).Wanted!);
        var others = new List<string>();
        ListsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), FeaturesFile.Read(InventedLists.Features), mayHaveOthers: true, passedOver: others.AddRange);
        Assert.Empty(others);
    }

    [Fact]
    public void A_feature_named_like_an_optional_column_is_a_feature()
    {
        var features = FeaturesFile.Read("""[{"name":"wanted","bins":8,"direction":"+"}]""");
        var lists = ListsFile.Read(new MemoryStream("list_id,posting_id,employer_id,day,rank_shown,opened,label,wanted\na,p,e,1,1,1,2,7\n"u8.ToArray()), features);
        Assert.Equal(7, Assert.Single(lists.Codes[0]));
        Assert.Null(lists.Wanted);
    }

    [Theory]
    [InlineData("", "le fichier est vide")]
    [InlineData(InventedLists.Header, "aucune ligne")]
    [InlineData("list_id;posting_id;employer_id;day;rank_shown;opened;label;zut;flop;bof\nl1;p1;e1;3;1;1;2;5;0;1\n", "séparées par des points-virgules")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened\n", "la colonne 7 doit être « label », elle manque")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,label,opened,zut\n", "la colonne 6 doit être « opened » et non « label »")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop\n", "la colonne du critère « bof » manque")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof,age\n", "« age » n’est pas décrite")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof,zut\n", "« zut » est écrite deux fois")]
    [InlineData(InventedLists.Header + "l1,p1,e1,3,1,1,2,NaN,0,1\n", "ligne 2, colonne « zut » : un entier de 0 à 7 est attendu, « NaN » ne l’est pas")]
    [InlineData(InventedLists.Header + "l1,p1,e1,3,1,1,2,8,0,1\n", "un entier de 0 à 7 est attendu, « 8 »")]
    [InlineData(InventedLists.Header + "l1,p1,e1,3,1,1,5,1,0,1\n", "colonne « label » : un entier de 0 à 4")]
    [InlineData(InventedLists.Header + "l1,p1,e1,3,1,2,1,1,0,1\n", "colonne « opened » : un entier de 0 à 1")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof,wanted\nl1,p1,e1,3,1,1,1,1,0,1,2\n", "ligne 2, colonne « wanted » : un entier de 0 à 1 est attendu, « 2 » ne l’est pas")]
    [InlineData("list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof,wanted\nl1,p1,e1,3,1,1,1,1,0,1,oui\n", "ligne 2, colonne « wanted » : un entier de 0 à 1 est attendu, « oui » ne l’est pas")]
    [InlineData(InventedLists.Header + "l1,p1,e1,hier,1,1,1,1,0,1\n", "colonne « day » : un entier est attendu")]
    [InlineData(InventedLists.Header + "l1,p1,e1,3,1,1,1,1,0\n", "ligne 2 : 9 colonnes au lieu de 10")]
    [InlineData(InventedLists.Header + ",p1,e1,3,1,1,1,1,0,0\n", "« list_id » est vide")]
    [InlineData(InventedLists.Header + Row + "l1,p2,e1,3,2,1,0,1,0,0\n", "la liste « l1 » change d’offre")]
    public void A_wrong_file_is_refused_with_its_place(string csv, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => InventedLists.Read(csv)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}", "une liste de critères est attendue")]
    [InlineData("[", "n’est pas un JSON lisible")]
    [InlineData("[]", "entre 1 et")]
    [InlineData("""[{"bins":3,"direction":"+"}]""", "critère 1 : « name » manque")]
    [InlineData("""[{"name":"a","bins":65,"direction":"+"}]""", "« bins » doit être un entier de 1 à 64")]
    [InlineData("""[{"name":"a","bins":3,"direction":"up"}]""", "« direction » doit être")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","prior":[1,2]}]""", "« prior » doit avoir 3 valeurs")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","prior":[3,2,1]}]""", "« prior » va contre le sens « + »")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","neutral":[3]}]""", "« neutral » nomme un code hors de 0 à 2")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","neutral":[-0.5]}]""", "« neutral » nomme un code hors de 0 à 2")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","neutral":[1.5]}]""", "« neutral » nomme un code hors de 0 à 2")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","prior":[0,1,1e999]}]""", "« prior » contient un nombre trop grand")]
    [InlineData("""[{"name":"\ud800","bins":3,"direction":"+"}]""", "une moitié de caractère")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","most":2}]""", "« most » doit être une part")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+"},{"name":"b","bins":3,"direction":"+","priors":[1,2,3]}]""", "critère 2 « b » : « priors » n’est pas connu")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","Most":0.3}]""", "critère 1 « a » : « Most » n’est pas connu")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","most":0.3,"most":0.4}]""", "critère 1 « a » : « most » est écrit deux fois")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","name":"b"}]""", "critère 1 « b » : « name » est écrit deux fois")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+","\ud800":1}]""", "une moitié de caractère")]
    [InlineData("""[{"name":"a","bins":3,"direction":"+"},{"name":"a","bins":3,"direction":"+"}]""", "« a » est écrit deux fois")]
    public void Wrong_features_are_refused_with_their_place(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => FeaturesFile.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Features_are_read_back_as_they_were_written()
    {
        var features = FeaturesFile.Read("""[{"name":"a","bins":3,"direction":"-","prior":[0,5,2],"neutral":[0],"most":0.3},{"name":"b","bins":2,"direction":"0"}]""");
        Assert.Equal(FeaturesFile.Write(features), FeaturesFile.Write(FeaturesFile.Read(FeaturesFile.Write(features))));
        Assert.Equal([1, 2], features[0].Scale);
    }

    [Fact]
    public void Lines_of_another_system_and_quoted_cells_say_the_same()
    {
        var features = FeaturesFile.Read(InventedLists.Features);
        var quoted = InventedLists.Header.Replace("\n", "\r\n", StringComparison.Ordinal) + "\"l1, \"\"nord\"\"\",p1,e1,3,1,1,\"2\",\"5\",0,1\r\n\"l1, \"\"nord\"\"\",p1,e1,3,2,1,0,,0,1\r\n\r\n";
        var lists = ListsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(quoted)), features);
        Assert.Equal("l1, \"nord\"", Assert.Single(lists.ListIds));
        Assert.Equal([5, features[0].Missing], lists.Codes[0].Select(code => (int)code));
        Assert.Equal([2, 0], lists.Label.Select(label => (int)label));
    }

    [Fact]
    public void A_byte_order_mark_and_spaces_do_no_harm()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(InventedLists.Header + "l1,p1,e1,3, 1,1,2, 5,0,1\n")).ToArray();
        Assert.Equal(1, ListsFile.Read(new MemoryStream(bytes), FeaturesFile.Read(InventedLists.Features)).Rows);
    }
}
