package dev.longhaul.restore.replace;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.longhaul.core.deploy.ArgoApplication;
import dev.longhaul.restore.rebuild.PlayedArgoCd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConcernedApplicationsTest {

	private final PlayedArgoCd argo = new PlayedArgoCd()
		.with(PlayedArgoCd.automated("apps", true, false, "gitea", "cloud"), found -> found)
		.with(PlayedArgoCd.automated("gitea", true, false), found -> found)
		.with(PlayedArgoCd.automated("cloud", true, false), found -> found);

	@Test
	void theOneThatIsReplacedAndWhoeverWouldUndoItAreSeen() {
		assertThat(names(Set.of("gitea"))).containsExactly("apps", "gitea");
	}

	@Test
	void whatNobodyDeployedConcernsNone() {
		assertThat(names(Set.of())).isEmpty();
	}

	private Stream<String> names(Set<String> replaced) {
		return new ConcernedApplications(argo, replaced).list()
			.stream()
			.flatMap(List::stream)
			.map(ArgoApplication::name);
	}

}
