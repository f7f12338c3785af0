package dev.longhaul.gitops.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files with some of them changed or added.
 */
public final class EditedFiles implements RepositoryFiles {

	private final RepositoryFiles before;

	private final SortedMap<String, String> edited = new TreeMap<>();

	public EditedFiles(RepositoryFiles before) {
		this(before, Map.of());
	}

	/**
	 * @param edited the new texts by path
	 */
	public EditedFiles(RepositoryFiles before, Map<String, String> edited) {
		this.before = before;
		this.edited.putAll(edited);
	}

	void put(String path, String text) {
		edited.put(path, text);
	}

	/** The new texts by path, of those that differ from what was there. */
	SortedMap<String, String> differing() {
		SortedMap<String, String> differing = new TreeMap<>(edited);
		differing.entrySet()
			.removeIf(entry -> before.text(entry.getKey()).filter(entry.getValue()::equals).isPresent());
		return differing;
	}

	@Override
	public List<String> paths(String folder) {
		String prefix = folder.isEmpty() ? "" : folder + "/";
		Stream<String> added = edited.keySet().stream().filter(path -> path.startsWith(prefix));
		return Stream.concat(before.paths(folder).stream(), added).distinct().sorted().toList();
	}

	@Override
	public Optional<String> text(String path) {
		String text = edited.get(path);
		return (text != null) ? Optional.of(text) : before.text(path);
	}

}
