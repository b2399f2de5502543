# Numbers in the tests of data, eval, statistics and tasks, by formulas written independently of src (numpy)
import numpy as np
# ECE: 15 right-closed bins
conf=np.array([.2,.03,.21,.34,.47,.52,.58,.61,.66,.68,.74,.79,.83,.88,.91,.95,.97,.99,1.0])
right=np.array([1,0,0,1,0,1,0,1,1,0,1,1,0,1,1,1,1,0,1])
edges=np.linspace(0,1,16); ece=0
for lo,hi in zip(edges[:-1],edges[1:]):
    m=(conf>lo)&(conf<=hi)
    if m.any(): ece+=m.mean()*abs(conf[m].mean()-right[m].mean())
print('ece',ece)
# temperature by a fine grid on NLL, 3 classes
L=np.array([[2.,.5,-1],[.2,1.9,.3],[3.,2.5,-2],[-.5,.1,.4],[1.5,-1,.2],[.3,.2,2.8],[2.2,2.,.1],[-1,3.,.5]])
t=np.array([0,1,1,2,0,2,0,0])
def nll(T):
    z=L/T; return np.mean(np.log(np.exp(z).sum(1))-z[np.arange(len(t)),t])
Ts=np.exp(np.linspace(np.log(.05),np.log(20),2000001)[::10]); v=[nll(T) for T in Ts[::100]]
i=int(np.argmin(v)); fine=np.linspace(Ts[::100][i-1],Ts[::100][i+1],200001); vf=[nll(T) for T in fine[::20]]
print('T',fine[::20][int(np.argmin(vf))],'nll1',nll(1.),'nllT',min(vf))
# binary multi-label NLL at T=1.7
B=np.array([[1.2,-.3,2.],[-.8,.4,-1.5]]); y=np.array([[1,1,0],[0,1,1]])
z=B/1.7; p=1/(1+np.exp(-z)); print('bce',-(y*np.log(p)+(1-y)*np.log(1-p)).mean())
# AUC of the CED by numerical integration
e=np.array([.01,.025,.031,.04,.055,.079,.08,.12,.3]); x=np.linspace(0,.08,8000001)
c=np.searchsorted(np.sort(e),x,side='right')/len(e); print('auc',np.trapezoid(c,x)/.08,'fail',(e>.08).mean())
# quantiles
print('q',np.percentile([3,1,4,1,5,9,2,6],[2.5,50,97.5]))
# NME
rng=np.arange(68); g=np.stack([20+rng*1.1,30+(rng%7)*2.],1); d=np.stack([np.sin(rng),np.cos(rng*2)],1)*1.5
print('nme',np.linalg.norm(d,axis=1).mean()/np.linalg.norm(g[36]-g[45]))
# recall at 80 % precision, thresholds at every distinct score
s=np.array([5,4,4,3,2.5,2,1.5,1,.5,0,-1]); y=np.array([1,1,0,1,1,1,0,1,0,0,1])
best=0
for th in np.unique(s):
    m=s>=th; pr=y[m].mean(); rc=y[m].sum()/y.sum()
    if pr>=.8: best=max(best,rc)
print('r@p80',best)
# BIWI: its matrix R, transposed, yields the angles by Hopenet's formulas; so R = (Rz(-roll) Ry(-yaw) Rx(pitch))^T with
# right-handed rotations about x, y, z
r,p,y=np.radians([5,10,-20])
def rot(axis,a):
    c,s=np.cos(a),np.sin(a)
    return np.array({'x':[[1,0,0],[0,c,-s],[0,s,c]],'y':[[c,0,s],[0,1,0],[-s,0,c]],'z':[[c,-s,0],[s,c,0],[0,0,1]]}[axis])
R=(rot('z',-r)@rot('y',-y)@rot('x',p)).T
print('biwi','\n'.join(' '.join(f'{v:.6f}' for v in row) for row in R))
