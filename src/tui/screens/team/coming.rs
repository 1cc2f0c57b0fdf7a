//! What comes from the team's store: where it goes, and whether anything that shows is another thing then.

use uuid::Uuid;

use super::desk::Plays;
use super::post::About;
use super::results::Room;
use super::steer::Steer;
use super::{Page, Team, join};
use crate::courier::{Ask, News};
use crate::keeper::Book;
use crate::team::{SessionCode, Step};
use crate::text::Text;

impl Team {
    /// Something has come. Whether anything that shows is another thing now.
    pub fn take(&mut self, news: News, book: &Book) -> bool {
        let told = self.post.failure.is_some() || self.post.is_slow();
        match news {
            News::Sent => self.post.unsent.take().is_some(),
            News::Unsent(count, why) => {
                let unsent = (count > 0).then_some((count, why));
                std::mem::replace(&mut self.post.unsent, unsent.clone()) != unsent
            }
            News::Failed(why) => self.failed(&why),
            News::Kept(looked, why) => {
                if self.desk.as_ref().is_some_and(|desk| desk.session.is_none() || desk.mine.is_empty()) {
                    self.put_in(News::Looked(looked), book);
                }
                if let Some(why) = why {
                    self.failed(&why);
                }
                true
            }
            other => {
                self.post.answered(None);
                self.put_in(other, book) || told
            }
        }
    }

    fn put_in(&mut self, news: News, book: &Book) -> bool {
        match (news, &mut self.desk) {
            (News::Sessions(sessions, now, joined), _) => self.list.set(sessions, now, joined),
            (News::Looked(looked), Some(desk)) if looked.session.code == desk.code => {
                desk.looked(*looked);
                desk.learn(book);
            }
            (News::Board(glance), Some(desk)) if glance.session.code == desk.code => {
                // Who can see the board but not how it stands doesn't run it.
                return desk.glanced(*glance);
            }
            (News::Stands(stands), Some(desk)) if stands.session.code == desk.code => {
                let (public, changed) = desk.stands(stands);
                let shows_people = matches!(self.pages.last(), Some(Page::Steer(_) | Page::Person(_)));
                if shows_people && (changed || desk.people.is_none()) {
                    self.post.ask(Ask::People(desk.code));
                }
                return public || (changed && !matches!(self.pages.last(), Some(Page::Board(_))));
            }
            (News::People(people), Some(desk)) if people.code == desk.code => desk.people = Some(people),
            (News::Results(code, rounds), Some(desk)) if code == desk.code => desk.room = Some(Room::of(&rounds)),
            (News::Joined(membership), _) => self.joined(membership.hand.session, membership.hand.player),
            (News::Created(code), _) => self.created(code),
            (News::Done(_), Some(desk)) => {
                self.post.ask(Ask::Stand(desk.code));
                self.post.ask(Ask::People(desk.code));
            }
            _ => return false,
        }
        true
    }

    fn joined(&mut self, code: SessionCode, player: Uuid) {
        if matches!(self.pages.last(), Some(Page::Join(_))) {
            self.pages.pop();
            self.session(code);
        }
        if let Some(desk) = self.desk.as_mut().filter(|desk| desk.code == code) {
            desk.plays = Some(Plays::Is(player));
        }
    }

    fn created(&mut self, code: SessionCode) {
        let Some(Page::Create(create)) = self.pages.last() else { return };
        let minutes = create.minutes();
        self.pages.pop();
        self.lay_out(code);
        self.pages.push(Page::Steer(Steer::default()));
        self.post.ask(match minutes {
            Some(minutes) => Ask::Step(code, Step::Extend(minutes)),
            None => Ask::Stand(code),
        });
    }

    fn failed(&mut self, why: &Text) -> bool {
        let before = self.post.failure.clone();
        let about = self.post.answered(Some(Text::clean(&join::capital(why))));
        if let Some(desk) = self.desk.as_mut().filter(|desk| desk.stands.is_none()) {
            match about {
                Some(About::Stand) => desk.steers = Some(false),
                Some(About::Board) => desk.steers = None,
                _ => {}
            }
        }
        match (about, self.pages.last_mut()) {
            (Some(About::Join), Some(Page::Join(join))) => join.wrong = self.post.failure.take(),
            (Some(About::Create), Some(Page::Create(create))) => create.wrong = self.post.failure.take(),
            // A step of somebody else's may have come before: it is looked again.
            (Some(About::Step | About::Change), _) => {
                if let Some(ask) = self.poll() {
                    let failure = self.post.failure.take();
                    self.post.ask(ask);
                    self.post.failure = failure;
                }
            }
            // Whoever doesn't run a session sees its board all the same.
            (Some(About::Stand), Some(Page::Board(_)))
                if self.desk.as_ref().is_some_and(|d| d.steers == Some(false)) =>
            {
                self.post.failure = before;
                if let Some(ask) = self.poll() {
                    self.post.ask(ask);
                }
                return false;
            }
            _ => return before != self.post.failure,
        }
        true
    }
}
