package dev.longhaul.restore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.ThrowAwayNamespaces.ThrowAway;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.Choice;
import dev.longhaul.restore.choice.Held;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.plan.PlannedVolume;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DrillPlanTest {

	private static final ClaimRef WIKI = new ClaimRef("wiki", "data");

	private final Held held = new Held();

	@Test
	void theNewestProvenPointGoesIntoANamespaceOfItsOwn() {
		held.volume("pvc-1", WIKI, 19, 20).recorded(19, "wiki", WIKI, "pvc-1", Held.proven(19));

		DrillPlan plan = plan(DrillBudget.USUAL, "wiki");

		assertThat(plan.origin()).isEqualTo("wiki");
		assertThat(plan.namespace()).isEqualTo("longhaul-drill-wiki");
		assertThat(plan.claims()).containsExactly("data");
		PlannedVolume volume = plan.restore().volumes().get(0);
		assertThat(volume.backup()).isEqualTo(Held.backup("pvc-1", 19));
		assertThat(volume.replicas()).isEqualTo(1);
		assertThat(volume.name().value()).startsWith("pvc-1-");
		assertThat(plan.place()).isEqualTo(new ThrowAway("longhaul-drill-wiki", new ApplicationName("wiki"),
				plan.restore().hash().substring(0, 32), List.of(volume.name())));
		assertThat(plan.restore().deployment()).isNull();
	}

	@Test
	void whatWouldTakeMoreThanItsBudgetIsNotBegun() {
		held.volume("pvc-1", WIKI, 20).recorded(20, "wiki", WIKI, "pvc-1", Held.proven(20));
		PlannedVolume volume = plan(DrillBudget.USUAL, "wiki").restore().volumes().get(0);
		Duration start = DrillBudget.USUAL.start();

		assertThat(plan(new DrillBudget(volume.written(), volume.size(), start), "wiki").claims()).hasSize(1);
		assertRefused(new DrillBudget(new ByteSize(volume.written().bytes() - 1), volume.size(), start), "wiki",
				"the drill would download %s, and may download".formatted(volume.written()));
		assertRefused(new DrillBudget(volume.written(), new ByteSize(volume.size().bytes() - 1), start), "wiki",
				"volume 'pvc-1' has %s, and a drill may make volumes of".formatted(volume.size()));
	}

	@Test
	void whatHasNoNamespaceOfItsOwnCannotBeRehearsed() {
		held.volume("pvc-1", null, 20);

		assertRefused(DrillBudget.USUAL, "unclaimed",
				"no claim of 'unclaimed' is known, so nothing can be started on its volumes");
	}

	@Test
	void whatHasNoProvenPointIsToldWithItsReason() {
		held.recorded(20, "wiki", WIKI, "pvc-1", Held.proven(20));

		assertRefused(DrillBudget.USUAL, "wiki", "has 0 restore points that were chosen; application 'wiki': ");
	}

	private void assertRefused(DrillBudget budget, String application, String why) {
		assertThatExceptionOfType(RefusedRequest.class).isThrownBy(() -> plan(budget, application))
			.withMessageContaining(why);
	}

	private DrillPlan plan(DrillBudget budget, String application) {
		Wanted wanted = new Wanted(Set.of(new ApplicationName(application)), null, null);
		return DrillPlan.of(Choice.of(held.contents(), wanted), Held.TARGET, 100, budget);
	}

}
