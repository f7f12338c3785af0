package dev.longhaul.restore.replace;

import java.util.Map;

import dev.longhaul.core.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoppedWorkloadsTest {

	private static final Workload GITEA = new Workload(Workload.Kind.DEPLOYMENT, "git", "gitea");

	private static final Workload DATABASE = new Workload(Workload.Kind.STATEFUL_SET, "git", "db.main-1");

	@Test
	void whatIsKeptIsReadAgain() {
		StoppedWorkloads stopped = new StoppedWorkloads(Map.of(GITEA, 1, DATABASE, 3));

		assertThat(stopped.text()).isEqualTo("deployment/git/gitea=1,statefulset/git/db.main-1=3");
		assertThat(StoppedWorkloads.parse(stopped.text())).isEqualTo(stopped);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "deployment/gitea=1", "daemonset/git/gitea=1", "deployment/git/gitea=0",
			"deployment/git/gitea=99999", "deployment/git/../x=1", "xdeployment/git/gitea=1",
			"deployment/git/gitea=1x" })
	void whatNobodyOfUsWroteStartsNothing(String text) {
		assertThat(StoppedWorkloads.parse(text).pods()).isEmpty();
	}

	@Test
	void whatIsBesideItIsStillRead() {
		assertThat(StoppedWorkloads.parse("nonsense,deployment/git/gitea=2").pods())
			.containsExactly(Map.entry(GITEA, 2));
	}

}
