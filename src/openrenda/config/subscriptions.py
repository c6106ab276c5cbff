"""Who hears of which fact: one table, read top to bottom (style: facts go up through the outbox)."""

from openrenda.kernel.event import Event
from openrenda.kernel.outbox import Handler
from openrenda.liaison import events as liaison_events
from openrenda.liaison import subscribers as liaison

SUBSCRIPTIONS: dict[type[Event], tuple[Handler, ...]] = {
    liaison_events.OpinionSubmitted: (liaison.tell,),
    liaison_events.OpinionRegistered: (liaison.tell,),
    liaison_events.OpinionNotAccepted: (liaison.tell,),
    liaison_events.OpinionWithdrawn: (liaison.tell,),
    liaison_events.OpinionAnswered: (liaison.tell,),
    liaison_events.OpinionClassified: (liaison.tell,),
    liaison_events.DeputyAssigned: (liaison.tell,),
    liaison_events.ReferralProposed: (liaison.tell,),
    liaison_events.ReferralDeclined: (liaison.tell,),
    liaison_events.OpinionReferred: (liaison.tell,),
    liaison_events.ReferralSigned: (liaison.tell,),
    liaison_events.ReferralSentBack: (liaison.tell,),
    liaison_events.ExtensionAsked: (liaison.tell,),
    liaison_events.ResultDrafted: (liaison.tell,),
    liaison_events.DraftReturned: (liaison.tell,),
    liaison_events.ResultArrived: (liaison.tell,),
    liaison_events.ResultRejected: (liaison.tell,),
    liaison_events.OpinionFedBack: (liaison.tell,),
    liaison_events.OpinionConverted: (liaison.tell,),
    liaison_events.OpinionReleased: (liaison.tell,),
    liaison_events.OpinionEscalated: (liaison.tell,),
    liaison_events.OpinionMerged: (liaison.tell,),
    liaison_events.OpinionSplit: (liaison.tell,),
    liaison_events.OpinionRated: (liaison.tell,),
    liaison_events.OpinionReworked: (liaison.tell,),
    liaison_events.HeadMustDecide: (liaison.tell,),
    liaison_events.NotSolvedSaid: (liaison.tell,),
    liaison_events.OpinionClosed: (liaison.tell,),
    liaison_events.PublicationAsked: (liaison.tell,),
    liaison_events.OpinionPublished: (liaison.tell,),
    liaison_events.PublicationObjected: (liaison.tell,),
    liaison_events.ExtensionDecided: (liaison.tell_extension,),
    liaison_events.ReceptionAnnounced: (liaison.tell_reception,),
    liaison_events.ReceptionChanged: (liaison.tell_reception,),
    liaison_events.DeputySubstituted: (liaison.tell_reception,),
    liaison_events.BookersTold: (liaison.tell_reception,),
    liaison_events.DeputyExcused: (liaison.tell_excuse,),
}
