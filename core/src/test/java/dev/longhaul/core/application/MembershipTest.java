package dev.longhaul.core.application;

import java.util.List;
import java.util.Map;

import dev.longhaul.core.application.Membership.Settled;
import dev.longhaul.core.application.Membership.Unsettled;
import dev.longhaul.core.application.VolumeSelector.ByClaim;
import dev.longhaul.core.application.VolumeSelector.ByLabels;
import dev.longhaul.core.volume.Claim;
import dev.longhaul.core.volume.ClaimRef;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MembershipTest {

	private static final List<Claim> CLAIMS = List.of(claim("gitea/data", Map.of("app", "gitea")),
			claim("gitea/db", Map.of("app", "gitea", "tier", "db")), claim("gitea/wiki", Map.of("app", "wiki")),
			claim("other/db", Map.of("app", "gitea", "tier", "db")));

	private static final VolumeSelector DATA = new ByClaim(ClaimRef.parse("gitea/data"));

	@Test
	void claimsNamedAreTakenAsTheyAreWhetherTheyExistOrNot() {
		ApplicationDefinition gitea = application("gitea", DATA, new ByClaim(ClaimRef.parse("gitea/gone")));

		assertThat(gitea.labelledNamespaces()).isEmpty();
		assertThat(Membership.of(gitea, List.of(), List.of())).isEqualTo(settled("gitea/data", "gitea/gone"));
	}

	@Test
	void labelsChooseTheClaimsThatHaveThemAllInTheirNamespace() {
		ApplicationDefinition gitea = application("gitea", new ByLabels("gitea", Map.of("app", "gitea", "tier", "db")),
				new ByLabels("other", Map.of("tier", "db")));

		assertThat(gitea.labelledNamespaces()).containsExactly("gitea", "other");
		assertThat(Membership.of(gitea, List.of(), CLAIMS)).isEqualTo(settled("gitea/db", "other/db"));
	}

	@Test
	void aClaimThatIsChosenTwiceIsOneMember() {
		ApplicationDefinition gitea = application("gitea", DATA, new ByLabels("gitea", Map.of("app", "gitea")));

		assertThat(Membership.of(gitea, List.of(), CLAIMS)).isEqualTo(settled("gitea/data", "gitea/db"));
	}

	@Test
	void labelsThatNoClaimHasAreRefused() {
		ApplicationDefinition gitea = application("gitea", DATA,
				new ByLabels("gitea", Map.of("tier", "cache", "app", "gitea")), new ByLabels("gone", Map.of("a", "b")));

		assertThat(Membership.of(gitea, List.of(), CLAIMS)).isEqualTo(new Unsettled(
				"no claim has the labels app=gitea,tier=cache in 'gitea'; no claim has the labels a=b in 'gone'"));
	}

	@Test
	void aClaimOfTwoApplicationsIsRefusedWhoeverNamesIt() {
		ApplicationDefinition gitea = application("gitea", new ByLabels("gitea", Map.of("app", "gitea")));
		ApplicationDefinition byClaim = application("files", DATA);
		ApplicationDefinition byLabel = application("databases", new ByLabels("gitea", Map.of("tier", "db")));

		assertThat(Membership.of(gitea, List.of(byClaim, byLabel), CLAIMS))
			.isEqualTo(new Unsettled("claim 'gitea/data' belongs to application 'files', too; "
					+ "claim 'gitea/db' belongs to application 'databases', too"));
	}

	private static Settled settled(String... claims) {
		return new Settled(
				new Application(new ApplicationName("gitea"), List.of(claims).stream().map(ClaimRef::parse).toList()));
	}

	private static ApplicationDefinition application(String name, VolumeSelector... volumes) {
		return new ApplicationDefinition(new ApplicationName(name), List.of(volumes), List.of());
	}

	private static Claim claim(String ref, Map<String, String> labels) {
		return new Claim(ClaimRef.parse(ref), labels);
	}

}
