import java.util.ArrayList;
import java.util.List;

class Warned {
	List items = new ArrayList();

	void add() {
		items.add(1);
	}
}
