package dev.longhaul.bucket.fault;

import java.util.List;

import dev.longhaul.bucket.call.Call;
import dev.longhaul.bucket.call.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultScriptTest {

	private static final CallPattern BLOCKS = CallPattern.of(Operation.GET_OBJECT).onKeys("blocks/");

	private final FaultScript script = new FaultScript();

	@Test
	void aFaultFiresAsOftenAsScriptedAndOnlyOnItsCalls() {
		script.next(2, BLOCKS, Fault.noTomes());

		assertThat(script.befalling(get("volume.cfg"))).isEmpty();
		assertThat(script.befalling(get("blocks/1"))).contains(Fault.noTomes());
		assertThat(script.befalling(get("blocks/1"))).contains(Fault.noTomes());
		assertThat(script.befalling(get("blocks/1"))).isEmpty();
		assertThat(script.unfired()).isEmpty();
	}

	@Test
	void aFaultWaitsForTheCallsThatAreToPass() {
		script.after(1, 1, BLOCKS, Fault.transactionCapExceeded());

		assertThat(script.befalling(get("blocks/1"))).isEmpty();
		assertThat(script.befalling(get("blocks/2"))).contains(Fault.transactionCapExceeded());
	}

	@Test
	void faultsForTheSameCallsFireInTheOrderOfTheScript() {
		script.next(1, BLOCKS, new Fault.Reset());
		script.next(1, BLOCKS, new Fault.CutBody(10));

		assertThat(script.befalling(get("blocks/1"))).contains(new Fault.Reset());
		assertThat(script.befalling(get("blocks/1"))).contains(new Fault.CutBody(10));
	}

	@Test
	void whatNeverFiredIsNamed() {
		script.next(2, BLOCKS, new Fault.Reset());
		script.always(CallPattern.of(Operation.PUT_OBJECT), new Fault.Silence());

		script.befalling(get("blocks/1"));

		assertThat(script.unfired()).containsExactly(
				"Reset[] for [GET_OBJECT] on keys with 'blocks/' fired 1 times, scripted 2 times",
				"Silence[] for [PUT_OBJECT] fired 0 times, scripted every time");
	}

	private static Call get(String key) {
		return Call.of(1, 1, "GET", "/bucket/" + key, List.of());
	}

}
