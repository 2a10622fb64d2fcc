import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;

/** Indexes texts.tsv, then answers queries.tsv: BM25, a filter, the best hundred, exact counts, warm, one thread. */
public final class LuceneSearch {
    private static final int TOP = 100;

    public static void main(String[] args) throws Exception {
        Path folder = Paths.get(args[0]);
        Path index = Files.createTempDirectory(folder, "lucene");
        try (MMapDirectory directory = new MMapDirectory(index)) {
            long started = System.nanoTime();
            IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
            config.setSimilarity(new BM25Similarity());
            config.setRAMBufferSizeMB(256);
            try (IndexWriter writer = new IndexWriter(directory, config);
                 BufferedReader lines = Files.newBufferedReader(folder.resolve("texts.tsv"))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] cells = line.split("\t");
                    Document document = new Document();
                    document.add(new StoredField("id", cells[0]));
                    document.add(new StringField("group", cells[1], Field.Store.NO));
                    // Kept as this engine keeps it, for highlights.
                    document.add(new TextField("text", cells[2], Field.Store.YES));
                    writer.addDocument(document);
                }
                writer.commit();
                double indexSeconds = (System.nanoTime() - started) / 1e9;
                // One segment is the best case of a search; its cost is not counted.
                writer.forceMerge(1);
                writer.commit();
                search(folder, directory, indexSeconds);
            }
        }
    }

    private static void search(Path folder, MMapDirectory directory, double indexSeconds) throws Exception {
        List<Query> queries = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.tsv"))) {
            String[] cells = line.split("\t");
            BooleanQuery.Builder words = new BooleanQuery.Builder();
            for (String word : cells[1].split(" ")) {
                words.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
            }
            queries.add(new BooleanQuery.Builder()
                .add(words.build(), BooleanClause.Occur.MUST)
                .add(new TermQuery(new Term("group", cells[0])), BooleanClause.Occur.FILTER)
                .build());
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity());
            StringJoiner searchOnly = new StringJoiner(",");
            StringJoiner withIds = new StringJoiner(",");
            long found = 0;
            for (int pass = 0; pass < 4; pass++) {
                for (Query query : queries) {
                    long started = System.nanoTime();
                    TopScoreDocCollector collector = TopScoreDocCollector.create(TOP, Integer.MAX_VALUE);
                    searcher.search(query, collector);
                    TopDocs top = collector.topDocs();
                    long searched = System.nanoTime();
                    int length = 0;
                    for (ScoreDoc one : top.scoreDocs) {
                        length += searcher.doc(one.doc).get("id").length();
                    }
                    long read = System.nanoTime();
                    if (pass == 3) {
                        found += top.totalHits.value;
                        searchOnly.add(String.format(Locale.ROOT, "%.4f", (searched - started) / 1e6));
                        withIds.add(String.format(Locale.ROOT, "%.4f", (read - started + (length < 0 ? 1 : 0)) / 1e6));
                    }
                }
            }
            System.out.println(String.format(Locale.ROOT, "{\"index_s\":%.3f,\"found\":%d,\"search_ms\":[%s],\"with_ids_ms\":[%s]}",
                indexSeconds, found, searchOnly, withIds));
        }
    }
}
