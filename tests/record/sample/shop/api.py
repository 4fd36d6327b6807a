import requests_of_old
from shop.good import sys
import nosuchmodule

x: int = "s"
