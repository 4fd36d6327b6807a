using System;
using NUnit.Framework;

namespace Shop
{
	[TestFixture]
	public class CartTests
	{
		[Test, Category("fast"), Property("finding", "BUG-7")]
		public void Adds() { Assert.AreEqual(2, 1 + 1); }

		[TestCase(1.5, "a.b"), TestCase(2.5, "c.d")]
		public void Totals(double price, string name) { Assert.AreEqual(1.5, price, "of " + name); }

		[Test]
		public void Crashes() { object o = null; o.ToString(); }

		[Test, Ignore("not yet")]
		public void Later() { }

		[Test]
		public void Assumes() { Assume.That(false, "no database"); }

		[Test]
		public void Wants(int argument) { }
	}

	[TestFixture]
	public class DiskTests
	{
		[TestFixtureTearDown]
		public void Clean() { throw new InvalidOperationException("the disk is full"); }

		[Test]
		public void Writes() { }
	}

	[TestFixture]
	public class SetUpFails
	{
		[TestFixtureSetUp]
		public void Open() { throw new InvalidOperationException("no shop"); }

		[Test]
		public void Runs() { }
	}
}
