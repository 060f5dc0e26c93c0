package io.mediakeep.persistence.journal;

import io.mediakeep.storage.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.engine.Constants;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2, {@code journaled:/some/path}, whose databases are {@link JournaledFile}s. H2 identifies open
 * databases by name; {@code journaled:2:/some/path} is another name of the same file.
 */
public final class JournaledFilePath extends FilePathWrapper {
    private static final String SCHEME = "journaled";
    private static final Pattern PREFIX = Pattern.compile(SCHEME + ":(?:[0-9]+:)?");

    /** The suffix of a journal, beside its file. */
    public static final String JOURNAL_SUFFIX = ".journal";

    /** The longer a journal may grow, the less often the file itself is forced. */
    private static final long MAX_JOURNAL_BYTES = 16L << 20;

    /** Registers the file system with H2. */
    public static void register() {
        FilePath.register(new JournaledFilePath());
    }

    /** The URL by which H2 opens a database file through this file system for the n-th time. */
    public static String journaled(String url, int opening) {
        String prefix = "jdbc:h2:";
        String name = url.substring(prefix.length());
        return name.startsWith("mem:") ? url : prefix + SCHEME + ":" + opening + ":" + name;
    }

    static FilePath journalOf(FilePath file) {
        return FilePath.get(file + JOURNAL_SUFFIX);
    }

    /** Opens the journal of a file. H2 would leave the permissions of a new one to the umask. */
    static FileChannel openJournal(FilePath file) throws IOException {
        FilePath journal = journalOf(file);
        if (journal.getScheme().equals("file")) {
            PrivateFiles.createFile(Path.of(journal.toString()));
        }
        return journal.open("rw");
    }

    /** Forces the entries of the directory of a file to disk. Elsewhere (Windows) a directory cannot be opened. */
    static void forceDirectoryOf(FilePath file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = file.getParent().open("r")) {
                directory.force(true);
            }
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    protected String getPrefix() {
        return prefixOf(name);
    }

    @Override
    protected FilePath unwrap(String path) {
        return FilePath.get(path.substring(prefixOf(path).length()));
    }

    private static String prefixOf(String path) {
        Matcher prefix = PREFIX.matcher(path);
        return prefix.lookingAt() ? prefix.group() : "";
    }

    @Override
    @SuppressWarnings("resource") // closed with the returned channel
    public FileChannel open(String mode) throws IOException {
        FileChannel file = super.open(mode);
        boolean database = getName().endsWith(Constants.SUFFIX_MV_FILE) && !mode.equals("r");
        return database ? new JournaledFile(getBase(), file, MAX_JOURNAL_BYTES) : file;
    }
}
