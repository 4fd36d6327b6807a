import org.testng.annotations.Test;

public class GoodTest {
	@Test
	public void runs() {
	}
}
