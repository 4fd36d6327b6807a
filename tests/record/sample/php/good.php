<?php

declare(strict_types=1);

function total(array $prices): int
{
    return array_sum($prices);
}
