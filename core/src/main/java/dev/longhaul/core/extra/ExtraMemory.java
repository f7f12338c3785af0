package dev.longhaul.core.extra;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.longhaul.core.volume.VolumeName;

/**
 * Since when each backup of a mirror has been missing in its source. It is kept in the
 * mirror itself, because nothing else outlives the machines that copy to it.
 *
 * @param source as it names itself; a mirror of two sources has a memory of each
 * @param since when a run first missed it
 * @param unfinished volumes of which manifests were removed, and not yet the blocks that
 * no other backup uses
 */
public record ExtraMemory(String source, Map<StoredBackup, Instant> since, Set<VolumeName> unfinished) {

	public ExtraMemory {
		since = Map.copyOf(since);
		unfinished = Set.copyOf(unfinished);
	}

	/** Of a source whose mirror never had more than it. */
	public static ExtraMemory none(String source) {
		return new ExtraMemory(source, Map.of(), Set.of());
	}

	public boolean isEmpty() {
		return since.isEmpty() && unfinished.isEmpty();
	}

	/**
	 * What there is to remember after a run has listed both sides. What is back in the
	 * source is forgotten, and so is everything of a volume of which the source lists
	 * nothing: that is a loss, and no reason to let anything go.
	 */
	public ExtraMemory after(BothSides sides, Instant now) {
		SortedMap<StoredBackup, Instant> next = new TreeMap<>();
		for (StoredBackup extra : sides.extra()) {
			if (!sides.inSource(extra.volume()).isEmpty()) {
				next.put(extra, since.getOrDefault(extra, now));
			}
		}
		return new ExtraMemory(source, next, unfinished);
	}

	/** Before the first manifest of a volume goes. */
	public ExtraMemory begun(VolumeName volume) {
		Set<VolumeName> more = new TreeSet<>(unfinished);
		more.add(volume);
		return new ExtraMemory(source, since, more);
	}

	/** After its blocks were collected. */
	public ExtraMemory finished(VolumeName volume) {
		Set<VolumeName> fewer = new TreeSet<>(unfinished);
		fewer.remove(volume);
		return new ExtraMemory(source, since, fewer);
	}

}
