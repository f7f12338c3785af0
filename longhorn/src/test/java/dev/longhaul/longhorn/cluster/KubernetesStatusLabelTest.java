package dev.longhaul.longhorn.cluster;

import java.util.List;

import dev.longhaul.longhorn.crd.volumestatus.KubernetesStatus;
import dev.longhaul.longhorn.crd.volumestatus.kubernetesstatus.WorkloadsStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KubernetesStatusLabelTest {

	@Test
	void hasLonghornsKeysInLonghornsOrder() {
		KubernetesStatus status = new KubernetesStatus();
		status.setPvName("test-vol");
		status.setPvStatus("Bound");
		status.setNamespace("app");
		status.setPvcName("data");
		status.setLastPVCRefAt("");

		assertThat(KubernetesStatusLabel.value(status))
			.isEqualTo("{\"pvName\":\"test-vol\",\"pvStatus\":\"Bound\",\"namespace\":\"app\",\"pvcName\":\"data\","
					+ "\"lastPVCRefAt\":\"\",\"workloadsStatus\":null,\"lastPodRefAt\":\"\"}");
	}

	@Test
	void listsTheWorkloads() {
		WorkloadsStatus workload = new WorkloadsStatus();
		workload.setPodName("web-0");
		workload.setPodStatus("Running");
		workload.setWorkloadName("web");
		workload.setWorkloadType("StatefulSet");
		KubernetesStatus status = new KubernetesStatus();
		status.setWorkloadsStatus(List.of(workload));

		assertThat(KubernetesStatusLabel.value(status))
			.contains("\"workloadsStatus\":[{\"podName\":\"web-0\",\"podStatus\":\"Running\",\"workloadName\":\"web\","
					+ "\"workloadType\":\"StatefulSet\"}]");
	}

	@Test
	void ofAVolumeKubernetesKnowsNothingOfIsEmpty() {
		assertThat(KubernetesStatusLabel.value(null))
			.isEqualTo("{\"pvName\":\"\",\"pvStatus\":\"\",\"namespace\":\"\",\"pvcName\":\"\",\"lastPVCRefAt\":\"\","
					+ "\"workloadsStatus\":null,\"lastPodRefAt\":\"\"}");
	}

}
