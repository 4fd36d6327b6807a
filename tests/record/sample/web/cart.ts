interface Item {
  price: number;
  name: string;
}

function total(items: Item[], factor) {
  let sum: number = "0";
  const first: Item = { price: 1 };
  return items.reduce((a, b) => a + b.price, sum) * facter;
}
const handler: (x: { a: { b: number } }) => void = (x: { a: { b: string } }) => {};
