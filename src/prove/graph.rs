//! Graphs: which places lead to each other, and an order in which to work backwards.

/// Knots of a graph: places that lead to each other are in one. What a knot leads to comes before it, so that going
/// through them in order works backwards from the ends. (Tarjan's algorithm, without recursion.)
pub(super) fn knots(out: &[Vec<u32>]) -> Vec<Vec<u32>> {
    const NONE: u32 = u32::MAX;
    let count = out.len();
    let (mut order, mut low, mut done) = (vec![NONE; count], vec![NONE; count], vec![false; count]);
    let (mut next, mut path, mut calls, mut knots) = (0, Vec::new(), Vec::new(), Vec::new());
    for root in 0..count {
        if order[root] != NONE {
            continue;
        }
        calls.push((root, 0));
        while let Some((at, child)) = calls.pop() {
            if child == 0 {
                (order[at], low[at]) = (next, next);
                next += 1;
                path.push(at);
            }
            if let Some(to) = out[at].get(child).map(|to| *to as usize) {
                calls.push((at, child + 1));
                if order[to] == NONE {
                    calls.push((to, 0));
                } else if !done[to] {
                    low[at] = low[at].min(order[to]);
                }
                continue;
            }
            if low[at] == order[at] {
                let mut knot = Vec::new();
                while let Some(member) = path.pop() {
                    done[member] = true;
                    knot.push(u32::try_from(member).unwrap_or(NONE));
                    if member == at {
                        break;
                    }
                }
                knots.push(knot);
            }
            if let Some((parent, _)) = calls.last() {
                low[*parent] = low[*parent].min(low[at]);
            }
        }
    }
    knots
}

/// Whether a knot is a loop: more than one place, or one that leads to itself.
pub(super) fn is_loop(knot: &[u32], out: &[Vec<u32>]) -> bool {
    match knot {
        [only] => out[*only as usize].contains(only),
        _ => true,
    }
}

/// Which places lead to one that is wanted, itself included.
pub(super) fn leading_to(out: &[Vec<u32>], wanted: impl Fn(u32) -> bool) -> Vec<bool> {
    let mut back: Vec<Vec<u32>> = vec![Vec::new(); out.len()];
    for (from, targets) in (0..).zip(out) {
        for to in targets {
            back[*to as usize].push(from);
        }
    }
    let mut leads = vec![false; out.len()];
    let mut open: Vec<u32> = (0..).zip(out).map(|(at, _)| at).filter(|at| wanted(*at)).collect();
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut leads[at as usize], true) {
            open.extend(&back[at as usize]);
        }
    }
    leads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knots_come_after_what_they_lead_to() {
        let out = vec![vec![1], vec![2, 0], vec![3], vec![3], vec![0]];
        let found = knots(&out);
        assert_eq!(found.len(), 4);
        let at = |place: u32| found.iter().position(|knot| knot.contains(&place)).expect("in one");
        assert_eq!(at(0), at(1));
        assert!(at(3) < at(2) && at(2) < at(1) && at(1) < at(4));
        assert!(is_loop(&found[at(0)], &out) && is_loop(&found[at(3)], &out) && !is_loop(&found[at(2)], &out));
        assert_eq!(leading_to(&out, |at| at == 1), [true, true, false, false, true]);
    }
}
