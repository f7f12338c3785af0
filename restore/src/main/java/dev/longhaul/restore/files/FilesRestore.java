package dev.longhaul.restore.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.longhaul.backupstore.export.Export;
import dev.longhaul.backupstore.export.ExportOutlook;
import dev.longhaul.backupstore.export.ExportReport;
import dev.longhaul.backupstore.export.LostBlocks;
import dev.longhaul.backupstore.file.NewFile;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.FileSystem;
import dev.longhaul.restore.ext4.Ext4Damage;
import dev.longhaul.restore.ext4.Ext4FileSystem;
import dev.longhaul.restore.files.VolumeOutcome.State;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of volumes into a directory: fetches each image, has its file system
 * looked at, copies the tree out, and lets the image go. One volume after the other, so
 * that one image at a time takes room.
 */
public final class FilesRestore {

	private static final String IMAGE = "image";

	/** What is wrong with one backup says nothing about the next. */
	private static final Set<FailureCode> OF_ONE_VOLUME = EnumSet.of(FailureCode.VOLUME_NOT_FOUND,
			FailureCode.BACKUP_NOT_FOUND, FailureCode.BACKUP_IN_PROGRESS, FailureCode.BACKING_IMAGE_REQUIRED);

	private static final int LOST_TOLD = 100;

	private final Export export;

	private final Destination destination;

	private final Manner manner;

	private final ImageCheck check;

	private final FilesListener listener;

	/**
	 * How it is done.
	 *
	 * @param losses what becomes of a volume if blocks of it are lost
	 * @param keepsImages whether images stay beside their trees
	 * @param places where programs are looked for
	 */
	public record Manner(LostBlocks losses, boolean keepsImages, List<Path> places) {

		public Manner {
			places = List.copyOf(places);
		}

	}

	public FilesRestore(Export export, Destination destination, Manner manner, Clock clock, FilesListener listener) {
		this.export = export;
		this.destination = destination;
		this.manner = manner;
		this.check = new ImageCheck(manner.places(), destination.room(), clock);
		this.listener = listener;
	}

	/**
	 * Restores volumes. What fails for one is in its outcome; the others go on.
	 * @throws RefusedRequest if something is in the way, the disk is too small or a
	 * program is missing; nothing is fetched then
	 * @throws LonghaulException if the bucket cannot be read or the disk not be written;
	 * what is whole stays, and the same call goes on from there
	 */
	public List<VolumeOutcome> restore(List<VolumeOrder> orders) {
		try {
			Map<VolumeOrder, VolumeOutcome> known = new HashMap<>();
			orders.forEach(order -> destination.findWhole(order).ifPresent(whole -> known.put(order, whole)));
			List<Expected> expected = new ArrayList<>();
			for (VolumeOrder order : orders) {
				if (!known.containsKey(order)) {
					look(order, expected).ifPresent(failed -> known.put(order, failed));
				}
			}
			requireTools(expected);
			requireRoom(expected);
			for (Expected each : expected) {
				known.put(each.order, restore(each));
			}
			return orders.stream().map(known::get).toList();
		}
		catch (IOException ex) {
			throw NewFile.refused(destination.directory(), ex);
		}
	}

	/**
	 * What is known of a volume before it is fetched.
	 *
	 * @param tree about what its files take; nothing where no tree will be
	 */
	private record Expected(VolumeOrder order, ExportOutlook outlook, boolean isExt4, ByteSize tree) {
	}

	/** Adds what is to be expected, or says why nothing is. */
	private Optional<VolumeOutcome> look(VolumeOrder order, List<Expected> expected) throws IOException {
		try {
			ExportOutlook outlook = export.look(order.volume(), order.backup());
			byte[] beginning = outlook.beginning();
			boolean isExt4 = beginning.length == 0
					|| FileSystem.of(beginning).filter(found -> found.kind() == FileSystem.Kind.EXT4).isPresent();
			expected.add(new Expected(order, outlook, isExt4, isExt4 ? tree(outlook) : ByteSize.ZERO));
			return Optional.empty();
		}
		catch (DamagedData | RefusedRequest ex) {
			return Optional.of(failed(order, ByteSize.ZERO, ex));
		}
	}

	/** What a file system says it holds is in its first block; in doubt all there is. */
	private ByteSize tree(ExportOutlook outlook) throws IOException {
		Path beginning = Files.write(destination.workplace("beginning"), outlook.beginning());
		try (Ext4FileSystem found = Ext4FileSystem.open(beginning)) {
			ByteSize used = found.used();
			return (used.compareTo(outlook.content()) < 0) ? used : outlook.content();
		}
		catch (Ext4Damage ex) {
			return outlook.content();
		}
		finally {
			Files.delete(beginning);
		}
	}

	private void requireTools(List<Expected> expected) {
		if (expected.stream().anyMatch(Expected::isExt4)) {
			check.requireE2fsck();
		}
	}

	/** Trees stay; of images only one at a time, unless they stay too. */
	private void requireRoom(List<Expected> expected) throws IOException {
		long held = 0;
		long most = 0;
		for (Expected each : expected) {
			long image = each.outlook.content().bytes();
			most = Math.max(most, held + image + each.tree.bytes());
			held += each.tree.bytes() + ((manner.keepsImages() || !each.isExt4) ? image : 0);
		}
		ByteSize free = destination.free();
		if (free.bytes() < most) {
			throw new RefusedRequest(FailureCode.DISK_FULL,
					"images and files need up to %s in '%s', and its disk has %s left".formatted(new ByteSize(most),
							destination.directory(), free),
					"free some space, choose another disk with --to, or restore one --volume at a time");
		}
	}

	private VolumeOutcome restore(Expected expected) throws IOException {
		VolumeOrder order = expected.order;
		VolumeOutcome outcome;
		try {
			Path image = destination.workplace(IMAGE);
			ExportReport fetched = export.export(order.volume(), order.backup(), image, manner.losses(),
					listener.fetching(order.label()));
			outcome = takeOut(order, fetched);
		}
		catch (DamagedData ex) {
			outcome = failed(order, expected.outlook.size(), ex);
		}
		catch (RefusedRequest ex) {
			outcome = failed(order, expected.outlook.size(), ex);
		}
		finally {
			Files.deleteIfExists(destination.room().resolve(IMAGE));
		}
		listener.done(outcome);
		return outcome;
	}

	/** What is wrong with more than one volume ends all. */
	private static VolumeOutcome failed(VolumeOrder order, ByteSize size, LonghaulException failure) {
		if (failure instanceof RefusedRequest && !OF_ONE_VOLUME.contains(failure.code())) {
			throw failure;
		}
		return new VolumeOutcome(order, State.FAILED, "", size, List.of(failure.fact()), null, 0, List.of(), null,
				false, failure.code());
	}

	private VolumeOutcome takeOut(VolumeOrder order, ExportReport fetched) throws IOException {
		listener.checking(order.label());
		FileSystem.Kind kind = FileSystem.of(beginning(fetched.file())).map(FileSystem::kind).orElse(null);
		if (kind == FileSystem.Kind.EXT4) {
			return takeTree(order, fetched, check.ext4(IMAGE));
		}
		if (kind == FileSystem.Kind.XFS) {
			return keepImage(order, fetched, "xfs", check.xfs(IMAGE));
		}
		if (kind == FileSystem.Kind.LUKS) {
			return keepImage(order, fetched, "LUKS", new ImageCheck.Result(State.UNCHECKED,
					List.of("it is encrypted; only who has its key can look into it")));
		}
		return keepImage(order, fetched, "unknown",
				new ImageCheck.Result(State.UNCHECKED, List.of("there is no file system on it that is known")));
	}

	private static byte[] beginning(Path image) throws IOException {
		try (InputStream content = Files.newInputStream(image)) {
			return content.readNBytes(FileSystem.BEGINNING);
		}
	}

	private VolumeOutcome takeTree(VolumeOrder order, ExportReport fetched, ImageCheck.Result checked)
			throws IOException {
		Path tree = destination.workplace("tree");
		Path list = destination.workplace("list");
		List<String> findings = new ArrayList<>(checked.findings());
		try {
			TreeReport report = copy(order, fetched, tree, list, findings);
			return publish(order, fetched, new Found("ext4", checked.state(), findings, report), tree, list);
		}
		catch (Ext4Damage ex) {
			findings.add(ex.words());
			return publish(order, fetched, new Found("ext4", State.DAMAGED, findings, null), null, null);
		}
	}

	private TreeReport copy(VolumeOrder order, ExportReport fetched, Path tree, Path list, List<String> findings)
			throws IOException, Ext4Damage {
		try (Ext4FileSystem source = Ext4FileSystem.open(fetched.file()); FileList files = new FileList(list)) {
			if (source.isUnclean()) {
				findings.add("its journal was not replayed; what was written last may be missing");
			}
			listener.copying(order.label(), source.used());
			new TreeCopy(source, new LostRanges(fetched.lost()), destination.attributes(), files, listener).copy(tree);
			return files.report();
		}
	}

	private VolumeOutcome keepImage(VolumeOrder order, ExportReport fetched, String kind, ImageCheck.Result checked)
			throws IOException {
		return publish(order, fetched, new Found(kind, checked.state(), checked.findings(), null), null, null);
	}

	/** What was found on an image, and what came out of it. */
	private record Found(String kind, State state, List<String> findings, @Nullable TreeReport tree) {

		boolean isWhole() {
			return tree == null || tree.problemCount() == 0;
		}

	}

	private VolumeOutcome publish(VolumeOrder order, ExportReport fetched, Found found, @Nullable Path tree,
			@Nullable Path list) throws IOException {
		boolean keepsImage = manner.keepsImages() || tree == null;
		State state = (found.isWhole() && fetched.lost().isEmpty()) ? found.state() : State.DAMAGED;
		VolumeOutcome outcome = new VolumeOutcome(order, state, found.kind(), fetched.size(), found.findings(),
				found.tree(), fetched.lost().size(),
				fetched.lost().subList(0, Math.min(LOST_TOLD, fetched.lost().size())),
				keepsImage ? destination.image(order).getFileName().toString() : null, false, null);
		check.sync();
		destination.publish(outcome, tree, list, keepsImage ? fetched.file() : null);
		return outcome;
	}

}
