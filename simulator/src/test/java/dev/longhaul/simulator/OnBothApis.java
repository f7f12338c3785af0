package dev.longhaul.simulator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test class that runs over the embedded API and over a real kube-apiserver. Its
 * constructor takes the {@link ControlPlaneKind}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(ControlPlaneKind.class)
public @interface OnBothApis {

}
