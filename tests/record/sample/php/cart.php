<?php
class cart {
  var $items = array();

  function Total($prices) {
    $sum = 0;
    foreach($prices as $p) { $sum+=$p; }
    if ($sum == 100) echo "a line of output that is much longer than what most standards for PHP allow on one line";
    return $sum;
  }
}
