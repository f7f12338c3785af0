package dev.longhaul.gitops.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.gitops.definition.DefinitionFile;
import dev.longhaul.gitops.form.Position;
import dev.longhaul.gitops.form.Reading;
import dev.longhaul.gitops.form.TextDocument;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where each definition has its name in its file.
 */
public final class Places {

	private final Map<String, Position> positions = new HashMap<>();

	private Places() {
	}

	/** Of definitions whose files are not at hand. */
	public static Places unknown() {
		return new Places();
	}

	/**
	 * @param files that were read without a mistake
	 */
	public static Places in(List<DefinitionFile> files) {
		Places places = new Places();
		files.stream().filter(file -> file.file().endsWith(".yaml")).forEach(places::read);
		return places;
	}

	private void read(DefinitionFile file) {
		for (TextDocument document : TextDocument.of(file.file(), file.text(), new Reading())) {
			Node name = document.at("metadata", "name");
			if (name != null) {
				positions.putIfAbsent(key(document.textAt("kind"), document.textAt("metadata", "name")),
						Position.of(name));
			}
		}
	}

	@Nullable Position of(ApplicationDefinition application) {
		return positions.get(key("Application", application.name().value()));
	}

	@Nullable Position of(JobDefinition job) {
		return positions.get(key(job.getClass().getSimpleName(), job.name().value()));
	}

	private static String key(String kind, String name) {
		return kind + " " + name;
	}

}
