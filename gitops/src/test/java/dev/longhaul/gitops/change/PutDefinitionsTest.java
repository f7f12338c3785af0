package dev.longhaul.gitops.change;

import java.util.Map;

import dev.longhaul.core.failure.RefusedRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PutDefinitionsTest {

	private static final String GITEA = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata:
			  name: gitea
			spec:
			  namespace: gitea
			  volumes:
			    - claim: gitea-shared-storage
			""";

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	private static final String WEEKLY = """
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata:
			  name: weekly
			spec:
			  after: nightly
			""";

	@Test
	void putsNewOnesIntoFilesOfTheirName() {
		Repository after = new Repository(Map.of()).after(put(GITEA + "---\n" + NIGHTLY));

		assertThat(after.files())
			.isEqualTo(Map.of("longhaul/applications/gitea.yaml", GITEA, "longhaul/jobs/nightly.yaml", NIGHTLY));
		assertThat(put(GITEA + "---\n" + NIGHTLY).apply(new Repository(Map.of())).subject())
			.isEqualTo("longhaul: add Application gitea, BackupJob nightly");
	}

	@Test
	void replacesADocumentWhereverItIsAndLeavesTheOthersAsTheyAre() {
		String weekly = "---   \n# Sundays\n\n" + WEEKLY.replace("after: ", "after:     ");
		String file = "# yaml-language-server: $schema=../s.json\n" + NIGHTLY + "\n" + weekly + "# the end";
		Repository before = new Repository(Map.of("longhaul/jobs/all.yaml", file));

		PutDefinitions change = put(NIGHTLY.replace("30 2", "45 3") + "  jitter: 5m # more\n");
		Repository after = before.after(change);

		assertThat(after.files())
			.isEqualTo(Map.of("longhaul/jobs/all.yaml", "# yaml-language-server: $schema=../s.json\n"
					+ NIGHTLY.replace("30 2", "45 3") + "  jitter: 5m # more\n\n" + weekly + "# the end"));
		assertThat(change.apply(before).subject()).isEqualTo("longhaul: change BackupJob nightly");
		assertThat(change.apply(before).basis()).isEqualTo(Map.of("BackupJob nightly", NIGHTLY.strip()));
		assertThat(change.apply(after).files()).as("a second time").isEmpty();
	}

	@Test
	void replacesTheLastDocumentOfAFile() {
		Repository before = new Repository(
				Map.of("longhaul/jobs/all.yaml", NIGHTLY + "--- # later\n" + WEEKLY.strip()));

		Repository after = before.after(put(WEEKLY + "  restorePoints: 3\n"));

		assertThat(after.files())
			.isEqualTo(Map.of("longhaul/jobs/all.yaml", NIGHTLY + "--- # later\n" + WEEKLY + "  restorePoints: 3"));
	}

	@Test
	void addsToAFileOfThatNameThatHoldsOthers() {
		Repository before = new Repository(Map.of("longhaul/jobs/weekly.yaml", NIGHTLY.strip()));

		assertThat(before.after(put(WEEKLY)).files())
			.isEqualTo(Map.of("longhaul/jobs/weekly.yaml", NIGHTLY + "---\n" + WEEKLY));
	}

	@Test
	void changesNothingIfAllIsThereAlready() {
		Repository before = new Repository(
				Map.of("longhaul/jobs/all.yaml", "# ours\n" + NIGHTLY + "\n\n---\n" + WEEKLY));

		assertThat(put("# theirs\n" + WEEKLY + "\n---\n" + NIGHTLY).apply(before).files()).isEmpty();
	}

	@Test
	void keepsTheMarkerAtTheEndOfADocument() {
		Repository before = new Repository(Map.of("longhaul/jobs/all.yaml", NIGHTLY + "...\n# next\n---\n" + WEEKLY));

		Repository after = before.after(put(NIGHTLY.replace("30 2", "45 3")));

		assertThat(after.files()).isEqualTo(
				Map.of("longhaul/jobs/all.yaml", NIGHTLY.replace("30 2", "45 3") + "...\n# next\n---\n" + WEEKLY));
	}

	@Test
	void refusesAFileThatHasADocumentTwice() {
		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class, () -> put(NIGHTLY + "---\n" + NIGHTLY));

		assertThat(failure).hasMessage("'new.yaml' has BackupJob nightly twice");
	}

	private static PutDefinitions put(String text) {
		return new PutDefinitions("new.yaml", text);
	}

}
