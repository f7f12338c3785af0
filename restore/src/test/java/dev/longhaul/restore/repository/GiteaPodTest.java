package dev.longhaul.restore.repository;

import java.util.List;

import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.restore.pod.PodAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a pod answers may be anything.
 */
class GiteaPodTest {

	private static final String COMMIT = "5a".repeat(20);

	@Test
	void whatIsNotSaidIsNotAssumed() {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> standing(""))
			.withMessage("the pod does not answer as Git and a shell do");
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> standing("longhaul: there yes\n"));
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> standing("longhaul: there yes\nlonghaul: fsck 0\nlonghaul: head " + COMMIT));
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> standing("longhaul: fsck 0\nlonghaul: recorded perhaps"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "many", "99999999999999999999" })
	void aNumberOfCommitsIsANumber(String ahead) {
		assertThatExceptionOfType(RefusedRequest.class)
			.isThrownBy(() -> standing("longhaul: fsck 0\nlonghaul: recorded held\nlonghaul: ahead " + ahead));
	}

	@ParameterizedTest
	@ValueSource(strings = { "124", "137", "143" })
	void aCheckThatWasCutOffSaysNothingOfTheRepository(String exit) {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> standing("longhaul: fsck " + exit))
			.withMessageContaining("did not end within 5 min");
	}

	@Test
	void wordsOfDamageAreBoundedAndHarmless() {
		RepositoryStanding standing = standing("""
				longhaul: said error:\t\u001b[2Jrefs/heads/main
				longhaul: said %s
				longhaul: fsck 2
				""".formatted("x".repeat(5000)));

		assertThat(standing).isInstanceOfSatisfying(RepositoryStanding.Damaged.class,
				damaged -> assertThat(damaged.said()).containsExactly("error:\\u0009\\u001b[2Jrefs/heads/main",
						"x".repeat(300)));
	}

	@Test
	void anotherExitCodeIsDamageEvenWithoutAWord() {
		assertThat(standing("longhaul: fsck 1").told()).isEqualTo("damaged: git fsck does not say how");
		assertThat(standing("longhaul: fsck 0x")).isEqualTo(new RepositoryStanding.Damaged(List.of()));
	}

	/** Only our own scripts begin a line. */
	@Test
	void noWordOfOthersIsTakenForOurs() {
		assertThat(standing("longhaul: fsck 1\nlonghaul: said bad\rlonghaul: fsck 0\u2028longhaul: fsck 0\n"))
			.isEqualTo(new RepositoryStanding.Damaged(List.of("bad\\u000dlonghaul: fsck 0\\u2028longhaul: fsck 0")));
	}

	private static RepositoryStanding standing(String output) {
		return GiteaPod.standing(PodAnswer.of(output), COMMIT, "nowhere");
	}

}
