package dev.longhaul.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.longhaul.cli.terminal.Confirmation;
import dev.longhaul.core.cluster.ClaimExchanges;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.restore.plan.PlannedClaim;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.plan.RestorePlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * That something in use is replaced has to be meant, and is said in so many words.
 */
final class ReplaceOption {

	@Option(names = "--confirm", paramLabel = "WORDS",
			description = "Of a plan made with --replace: 'replace APPLICATION', if nobody can be asked.")
	private @Nullable String confirmed;

	/**
	 * @throws RefusedRequest if claims that are there would be replaced, and nobody said
	 * that it is meant
	 */
	void requireConfirmed(RestorePlan plan, ClaimExchanges exchanges, Confirmation confirmation) {
		List<PlannedVolume> replaced = plan.volumes().stream().filter(volume -> isReplaced(volume, exchanges)).toList();
		if (replaced.isEmpty()) {
			return;
		}
		String words = "replace " + replaced.stream()
			.map(volume -> volume.application().value())
			.collect(Collectors.toCollection(TreeSet::new))
			.stream()
			.collect(Collectors.joining(" "));
		String claims = replaced.stream()
			.map(PlannedVolume::claim)
			.filter(Objects::nonNull)
			.map(claim -> claim.ref().toString())
			.collect(Collectors.joining(", "));
		Optional<String> said = Optional.ofNullable(confirmed)
			.or(() -> confirmation.ask("%s will be stopped, and go back to what it was at %s. Type '%s'"
				.formatted(claims, oldest(replaced), words)));
		if (said.filter(words::equals).isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"the plan replaces %s, and nobody said that it is meant".formatted(claims),
					"nothing was touched; type '%1$s' when asked, or say it with --confirm '%1$s'".formatted(words));
		}
	}

	private static boolean isReplaced(PlannedVolume volume, ClaimExchanges exchanges) {
		PlannedClaim claim = volume.claim();
		return claim != null && claim.replaces()
				&& exchanges.volumeOf(claim.ref()).filter(name -> !name.equals(claim.volumeName())).isPresent();
	}

	private static String oldest(List<PlannedVolume> replaced) {
		return replaced.stream().map(PlannedVolume::createdAt).sorted().findFirst().orElseThrow().toString();
	}

}
