package dev.longhaul.gitops.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that a test says.
 */
public record Repository(Map<String, String> files) implements RepositoryFiles {

	@Override
	public List<String> paths(String folder) {
		return files.keySet().stream().filter(path -> path.startsWith(folder + "/")).sorted().toList();
	}

	@Override
	public Optional<String> text(String path) {
		return Optional.ofNullable(files.get(path));
	}

	/** As it is after a change, and sound. */
	public Repository after(RepositoryChange change) {
		Map<String, String> changed = new TreeMap<>(files);
		changed.putAll(change.apply(this).files());
		Repository after = new Repository(changed);
		assertThat(DefinitionReader.read(after.definitions())).isInstanceOf(ReadResult.Sound.class);
		return after;
	}

}
