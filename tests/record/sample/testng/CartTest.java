import org.testng.Assert;
import org.testng.SkipException;
import org.testng.annotations.*;

public class CartTest {
	@BeforeClass
	public void open() {
	}

	@Test(groups = "fast")
	public void adds() {
		Assert.assertEquals(1 + 1, 2);
	}

	@DataProvider
	public Object[][] prices() {
		return new Object[][] {{1.0}, {2.5}};
	}

	@Test(dataProvider = "prices")
	public void totals(double price) {
		Assert.assertEquals(price, 1.0);
	}

	@Test
	public void crashes() {
		throw new IllegalStateException("no <cart>");
	}

	@Test
	public void later() {
		throw new SkipException("not yet");
	}

	@Test(dependsOnMethods = "crashes")
	public void depends() {
	}

	@Test(enabled = false)
	public void disabled() {
	}

	@AfterClass
	public void close() {
		throw new RuntimeException("the door is stuck");
	}
}
