package io.mediakeep.blob.disk;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStore.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A list of the blobs in the directories of shards, as {@link BlobStore#list}. It reads one directory at a time. */
final class ShardListing {
    /** The number of digits that name the directories of both levels. */
    private static final int DIGITS = 4;

    private final String after;
    private final int max;
    private final List<Listed> listed = new ArrayList<>();

    ShardListing(Optional<BlobLocation> after, int max) {
        this.after = after.map(BlobLocation::value).orElse("");
        this.max = max;
    }

    /** The blobs below a root; none when it does not exist. */
    List<Listed> below(Path root) throws IOException {
        add(root, "");
        return listed;
    }

    /** @param shard the digits that name the directory */
    private void add(Path directory, String shard) throws IOException {
        for (Path child : children(directory)) {
            if (listed.size() == max) {
                return;
            }
            String name = child.getFileName().toString();
            if (shard.length() == DIGITS) {
                addBlob(child, name, shard);
            } else if (name.matches("[0-9a-f]{2}") && mayFollow(shard + name)) {
                add(child, shard + name);
            }
        }
    }

    private boolean mayFollow(String shard) {
        return shard.compareTo(after.substring(0, Math.min(shard.length(), after.length()))) >= 0;
    }

    private void addBlob(Path file, String name, String shard) throws IOException {
        if (name.startsWith(shard) && name.compareTo(after) > 0 && BlobLocation.isValid(name)) {
            try {
                listed.add(new Listed(new BlobLocation(name), Files.size(file)));
            } catch (NoSuchFileException removed) {
                return; // since the directory was read
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
