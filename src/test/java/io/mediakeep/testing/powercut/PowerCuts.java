package io.mediakeep.testing.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Builds a state that a power cut may leave of a recorded directory: everything that was forced, and any part of
 * everything else. A name in a directory is stable when the directory was forced since; a file is lost with the name of
 * its directory.
 */
public final class PowerCuts {
    private final RecordedDisk disk;
    private final Path images;
    private final Map<Path, Inode> files = new TreeMap<>();
    private final Map<Path, Optional<Inode>> stableNames = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private int done;
    private int inodes;

    /** The target of each name after a change: a file, a directory (empty), or none (no value). */
    private record NameChange(Path directory, Path added, Optional<Inode> file, List<Path> removed) {
        void apply(Map<Path, Optional<Inode>> names) {
            removed.forEach(names::remove);
            if (!removed.contains(added)) {
                names.put(added, file);
            }
        }
    }

    /**
     * Power cuts of a recording.
     *
     * @param images an empty directory for the stable contents of files
     */
    public PowerCuts(RecordedDisk disk, Path images) {
        this.disk = disk;
        this.images = images;
    }

    /**
     * Writes a state that a power cut may leave into {@code target}.
     *
     * @param events the number of events before the cut, never fewer than in the call before
     */
    public void cut(int events, Random random, Path target) throws IOException {
        for (RecordedDisk.Event event : disk.events(done, events)) {
            apply(event);
        }
        done = events;
        Map<Path, Optional<Inode>> names = new TreeMap<>(stableNames);
        double share = random.nextDouble();
        for (NameChange change : unforced) {
            if (random.nextDouble() < share) {
                change.apply(names);
            }
        }
        leave(names, random, target);
    }

    private void leave(Map<Path, Optional<Inode>> names, Random random, Path target) throws IOException {
        for (Map.Entry<Path, Optional<Inode>> name : names.entrySet()) { // a directory precedes its entries
            Path left = target.resolve(disk.root().relativize(name.getKey()).toString());
            if (Files.isDirectory(left.getParent())) {
                if (name.getValue().isPresent()) {
                    name.getValue().get().leave(left, random);
                } else {
                    Files.createDirectory(left);
                }
            }
        }
    }

    private void apply(RecordedDisk.Event event) throws IOException {
        Path path = event.path();
        switch (event.kind()) {
            case WRITE, TRUNCATE -> Optional.ofNullable(files.get(path)).ifPresent(file -> file.change(event));
            case FORCE -> force(path);
            case CREATE -> add(path, new Inode(disk, images.resolve("" + inodes++)));
            case CREATE_DIRECTORY -> unforced.add(new NameChange(path.getParent(), path, Optional.empty(), List.of()));
            case LINK -> add(path, files.get(event.target()));
            case RENAME -> {
                Inode file = files.remove(path);
                files.put(event.target(), file);
                unforced.add(new NameChange(path.getParent(), event.target(), Optional.of(file), List.of(path)));
            }
            case DELETE -> {
                files.remove(path);
                unforced.add(new NameChange(path.getParent(), path, Optional.empty(), List.of(path)));
            }
        }
    }

    private void add(Path path, Inode file) {
        files.put(path, file);
        unforced.add(new NameChange(path.getParent(), path, Optional.of(file), List.of()));
    }

    private void force(Path path) throws IOException {
        if (files.containsKey(path)) {
            files.get(path).force();
            return;
        }
        for (Iterator<NameChange> changes = unforced.iterator(); changes.hasNext(); ) {
            NameChange change = changes.next();
            if (change.directory().equals(path)) {
                change.apply(stableNames);
                changes.remove();
            }
        }
    }
}
