const unused = require("fs");

function total(items) {
  var sum = 0
  for (const item of items) {
    sum += item.price;
  }
  if (sum == 100) {
    console.log('hundred');
  }
  return sum;
}

module.exports = { total, missing };
